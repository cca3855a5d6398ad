using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Simulation.Disk;

/// <summary>An open file of a simulated disk, as the port shows it.</summary>
internal sealed class SimDurableFile(SimDisk disk, SimHandle handle) : IDurableFile
{
    private bool _isClosed;

    /// <inheritdoc/>
    public string Path => handle.Path;

    /// <inheritdoc/>
    public long Length => handle.Inode.Length;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> into)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        FileOutcome outcome = Outcome(disk.Read(handle, offset, into, out int read), "cannot be read");
        return outcome.IsOk ? read : throw KedgeException.Environment(outcome.Text!);
    }

    /// <inheritdoc/>
    public FileOutcome Append(ReadOnlySpan<byte> bytes) => WriteAt(Length, bytes);

    /// <inheritdoc/>
    public FileOutcome WriteAt(long offset, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        return handle.IsReadOnly ? ReadOnly() : Outcome(disk.Write(handle, offset, bytes), "cannot be written");
    }

    /// <inheritdoc/>
    public FileOutcome Truncate(long length)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        return handle.IsReadOnly ? ReadOnly() : Outcome(disk.Truncate(handle, length), "cannot be cut");
    }

    /// <inheritdoc/>
    public FileOutcome Flush()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return Outcome(disk.Flush(handle), "cannot be flushed to the disk");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            disk.Close(handle);
        }
    }

    private FileOutcome ReadOnly() => new(FileFailure.Io, $"{Path}: cannot be written: it was opened for reading");

    private FileOutcome Outcome(DiskResult result, string what) => SimFileSystem.Outcome(disk, handle.Path, result, what);
}
