namespace Kedge.Model.Files;

/// <summary>
/// An open file of which the writer knows what a loss of power leaves of it: everything up to the last <see cref="Flush"/> that succeeded; of what
/// came later any part, in pieces of 512 bytes, the length included. Used by one thread.
/// </summary>
public interface IDurableFile : IDisposable
{
    /// <summary>Where it is.</summary>
    string Path { get; }

    /// <summary>Bytes it has now.</summary>
    long Length { get; }

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">Where from, bytes.</param>
    /// <param name="into">Filled as far as the file goes.</param>
    /// <returns>Bytes read: fewer than asked for only at the end of the file.</returns>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    int Read(long offset, Span<byte> into);

    /// <summary>Writes at the end. A failure may leave a part written.</summary>
    FileOutcome Append(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Writes somewhere, growing the file where needed. Space that was reserved when the file was made, or written before, needs no room on the disk.
    /// A failure may leave a part written.
    /// </summary>
    /// <param name="offset">Where, bytes; at most <see cref="Length"/>.</param>
    /// <param name="bytes">What.</param>
    FileOutcome WriteAt(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file. Not durable before the next flush.</summary>
    /// <param name="length">At most <see cref="Length"/>, bytes.</param>
    FileOutcome Truncate(long length);

    /// <summary>
    /// Brings everything to the disk. After a failure all that was written since the last success counts as lost, though it can still be read: a later
    /// flush says nothing about it unless it is written again before.
    /// </summary>
    FileOutcome Flush();
}
