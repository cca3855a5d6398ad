using Kedge.Model;
using Kedge.Model.Files;
using Microsoft.Win32.SafeHandles;

namespace Kedge.Data.Files;

/// <summary>An open file of the machine.</summary>
internal sealed class LocalFile : IDurableFile
{
    private readonly SafeFileHandle _handle;

    private LocalFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        _handle = handle;
        Length = length;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> into)
    {
        int read = 0;
        try
        {
            while (read < into.Length)
            {
                int more = RandomAccess.Read(_handle, into[read..], offset + read);
                if (more == 0)
                {
                    break;
                }

                read += more;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{Path}: cannot be read: {e.Message}; check the disk", e);
        }

        // Somebody else may have written what OpenRead reads.
        Length = Math.Max(Length, offset + read);
        return read;
    }

    /// <inheritdoc/>
    public FileOutcome Append(ReadOnlySpan<byte> bytes) => WriteAt(Length, bytes);

    /// <inheritdoc/>
    public FileOutcome WriteAt(long offset, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
            Length = Math.Max(Length, offset + bytes.Length);
            return FileOutcome.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            FileOutcome failure = FileErrors.Outcome(Path, "cannot be written", e);
            Measure();
            return failure;
        }
    }

    /// <inheritdoc/>
    public FileOutcome Truncate(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        try
        {
            RandomAccess.SetLength(_handle, length);
            Length = length;
            return FileOutcome.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return FileErrors.Outcome(Path, "cannot be cut", e);
        }
    }

    /// <inheritdoc/>
    public FileOutcome Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_handle);
            return FileOutcome.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileErrors.Outcome(Path, "cannot be flushed to the disk", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    internal static LocalFile Open(string path, FileMode mode, FileAccess access)
    {
        FileShare others = access == FileAccess.Read ? FileShare.ReadWrite | FileShare.Delete : FileShare.Read | FileShare.Delete;
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, mode, access, others);
            return new LocalFile(path, handle, RandomAccess.GetLength(handle));
        }
        catch (FileNotFoundException e)
        {
            throw KedgeException.Environment($"{path}: no such file; check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw KedgeException.Environment($"{path}: cannot be opened: {e.Message}; check its permissions", e);
        }
    }

    /// <summary>Opens a file that no other process has open.</summary>
    /// <exception cref="KedgeException">Another process has it (exit 3); it cannot be opened (exit 4).</exception>
    internal static LocalFile OpenAlone(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return new LocalFile(path, handle, RandomAccess.GetLength(handle));
        }
        catch (IOException e) when (FileLocks.IsHeld(e.HResult))
        {
            throw new KedgeException(FailureKind.Refused, $"{path}: another process has it; end that one first", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw KedgeException.Environment($"{path}: cannot be opened: {e.Message}; check the disk and its permissions", e);
        }
    }

    /// <summary>A write that failed may have grown the file.</summary>
    private void Measure()
    {
        try
        {
            Length = RandomAccess.GetLength(_handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that cannot even tell leaves the length as it was known last.
        }
    }
}
