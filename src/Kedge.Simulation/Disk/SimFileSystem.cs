using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Simulation.Disk;

/// <summary>The files of a simulated disk, as the port shows them. Where the process ends inside a call, the call does not return: it unwinds.</summary>
internal sealed class SimFileSystem(SimDisk disk) : IFileSystem
{
    private const int ZerosBytes = 64 * 1024;

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        disk.Points.ThrowIfKilled();
        return disk.Has(path);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        disk.Points.ThrowIfKilled();
        return disk.Names(folder.TrimEnd('/'));
    }

    /// <inheritdoc/>
    public IDurableFile Create(string path, long reserveBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reserveBytes);
        Require(path, disk.Create(path, disk.KindOfFile(path)), "cannot be made");
        SimDurableFile file = Open(path, readOnly: false);
        byte[] zeros = new byte[(int)Math.Min(reserveBytes, ZerosBytes)];
        FileOutcome outcome = FileOutcome.Ok;
        for (long left = reserveBytes; left > 0 && outcome.IsOk; left -= zeros.Length)
        {
            outcome = file.Append(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
        }

        outcome = outcome.IsOk ? file.Flush() : outcome;
        outcome = outcome.IsOk ? Outcome(disk, path, disk.FlushNames(path), "cannot be flushed to the disk") : outcome;
        if (outcome.IsOk)
        {
            return file;
        }

        file.Dispose();
        Delete(path);
        throw KedgeException.Environment(outcome.Text!);
    }

    /// <inheritdoc/>
    public IDurableFile Open(string path) => Open(path, readOnly: false);

    /// <inheritdoc/>
    public IDurableFile OpenRead(string path) => Open(path, readOnly: true);

    /// <inheritdoc/>
    public FileOutcome Rename(string from, string to)
    {
        if (!string.Equals(Folder(from), Folder(to), StringComparison.Ordinal))
        {
            throw new ArgumentException($"{from} and {to} are in different folders.", nameof(to));
        }

        FileOutcome outcome = Outcome(disk, from, disk.Rename(from, to, disk.KindOfFile(to)), "cannot be renamed");
        return outcome.IsOk ? Outcome(disk, to, disk.FlushNames(to), "cannot be flushed to the disk") : outcome;
    }

    /// <inheritdoc/>
    public FileOutcome Delete(string path)
    {
        DiskResult result = disk.Delete(path, disk.KindOfFile(path));
        FileOutcome outcome = result == DiskResult.Missing ? FileOutcome.Ok : Outcome(disk, path, result, "cannot be deleted");
        return outcome.IsOk ? Outcome(disk, path, disk.FlushNames(path), "cannot be flushed to the disk") : outcome;
    }

    internal static FileOutcome Outcome(SimDisk disk, string path, DiskResult result, string what)
    {
        disk.Points.ThrowIfKilled();
        return result switch
        {
            DiskResult.Done => FileOutcome.Ok,
            DiskResult.Full => new FileOutcome(FileFailure.Full, $"{path}: {what}: the disk is full; free some space"),
            DiskResult.Missing => new FileOutcome(FileFailure.Io, $"{path}: {what}: no such file; check the path"),
            DiskResult.Present => new FileOutcome(
                FileFailure.Io,
                $"{path}: is there already; move it away, or name another file"
            ),
            DiskResult.Dead => new FileOutcome(
                FileFailure.Io,
                $"{path}: {what}: it was opened in an earlier life of the process"
            ),
            _ => new FileOutcome(FileFailure.Io, $"{path}: {what}: the disk failed; check the disk"),
        };
    }

    private static string Folder(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private SimDurableFile Open(string path, bool readOnly)
    {
        DiskResult result = disk.Open(path, disk.KindOfFile(path), readOnly, deletesOnClose: false, out SimHandle? handle);
        Require(path, result, "cannot be opened");
        return new SimDurableFile(disk, handle!);
    }

    private void Require(string path, DiskResult result, string what)
    {
        FileOutcome outcome = Outcome(disk, path, result, what);
        if (!outcome.IsOk)
        {
            throw KedgeException.Environment(outcome.Text!);
        }
    }
}
