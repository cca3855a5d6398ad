using Kedge.Kernel;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Faults;

namespace Kedge.Simulation.Disk;

/// <summary>What programs do to the disk. Every change asks the crash points first.</summary>
public sealed partial class SimDisk
{
    private const long FileBytesMax = 1L << 30;
    private readonly DiskFailures _failures;
    private readonly SimRandom _cuts;

    internal bool IsAlive(SimHandle handle) => handle.Life == _life && !Points.IsKilled;

    internal bool Has(string path) => Find(path) is not null;

    internal long LengthOf(string path) => Find(path)?.Length ?? -1;

    internal string[] Names(string folder) =>
        _folders.TryGetValue(folder.Length > 1 ? Split(folder + "/x").Folder : "/", out SimFolder? found)
            ? [.. found.Seen.Keys]
            : [];

    /// <summary>Opens a file that is there.</summary>
    internal DiskResult Open(string path, DiskKind kind, bool readOnly, bool deletesOnClose, out SimHandle? handle)
    {
        handle = null;
        if (Points.IsKilled)
        {
            return DiskResult.Dead;
        }

        if (Find(path) is not { } inode)
        {
            return DiskResult.Missing;
        }

        handle = new SimHandle(this, inode, path, kind, _life) { IsReadOnly = readOnly, DeletesOnClose = deletesOnClose };
        inode.Handles++;
        return DiskResult.Done;
    }

    /// <summary>Opens a file without a name.</summary>
    internal SimHandle OpenTemporary() =>
        new(this, new SimInode { Handles = 1 }, "", Kind(DiskKind.Temporary), _life) { DeletesOnClose = true };

    internal DiskResult Create(string path, DiskKind kind)
    {
        if (Find(path) is not null)
        {
            return DiskResult.Present;
        }

        (string folder, string name) = Split(path);
        return Change(
            kind,
            DiskOperation.Create,
            path,
            () =>
            {
                Folder(folder).Link(name, new SimInode());
            }
        );
    }

    internal DiskResult Write(SimHandle handle, long offset, ReadOnlySpan<byte> bytes)
    {
        if (!IsAlive(handle))
        {
            return DiskResult.Dead;
        }

        SimInode inode = handle.Inode;
        _latencyUs += _options.WriteUs;
        CrashWhen? cut = Touch(handle.Kind, DiskOperation.Write);
        if (cut == CrashWhen.Before)
        {
            return Die();
        }

        DiskResult result = DiskResult.Done;
        int room = Room(inode, offset, bytes.Length);
        if (cut is null && _failures.Fails(DiskOperation.Write))
        {
            // A failing write may have written a part.
            Failed(DiskOperation.Write, handle);
            result = DiskResult.Failed;
            room = Math.Min(room, (int)_cuts.NextBetween(0, Sectors(bytes.Length)) * SimInode.SectorBytes);
        }
        else if (room < bytes.Length)
        {
            Statistics.Refused++;
            result = DiskResult.Full;
        }

        if (cut == CrashWhen.During)
        {
            room = Math.Min(room, (int)_cuts.NextBetween(0, Sectors(bytes.Length)) * SimInode.SectorBytes);
        }

        ReadOnlySpan<byte> part = bytes[..Math.Min(room, bytes.Length)];
        if (!part.IsEmpty)
        {
            long before = Blocks(inode.Length);
            inode.Write((int)offset, part, isTorn: cut == CrashWhen.During);
            Grew(handle, before);
            Statistics.BytesWritten += part.Length;
        }

        Note(DiskOperation.Write, handle.Path, offset, part.Length);
        if (handle.Kind.Repeats)
        {
            OperationHash = StateHash.Mix(OperationHash, SimHash.Of(part));
        }

        return cut is null ? result : Die();
    }

    internal DiskResult Truncate(SimHandle handle, long length)
    {
        SimInode inode = handle.Inode;
        if (!IsAlive(handle))
        {
            return DiskResult.Dead;
        }

        if (length > inode.Length && Room(inode, 0, (int)Math.Min(length, FileBytesMax)) < length)
        {
            Statistics.Refused++;
            return DiskResult.Full;
        }

        return Change(
            handle.Kind,
            DiskOperation.Truncate,
            handle.Path,
            () =>
            {
                long before = Blocks(inode.Length);
                inode.Truncate((int)length);
                Grew(handle, before);
            },
            length
        );
    }

    internal DiskResult Flush(SimHandle handle)
    {
        if (!IsAlive(handle))
        {
            return DiskResult.Dead;
        }

        CrashWhen? cut = Touch(handle.Kind, DiskOperation.Flush);
        if (cut is CrashWhen.Before or CrashWhen.During)
        {
            if (cut == CrashWhen.During && _cuts.Chance(0.5))
            {
                handle.Inode.Flush();
            }

            return Die();
        }

        _latencyUs += _options.FlushUs + Slowness(handle);
        Note(DiskOperation.Flush, handle.Path, handle.Inode.Length);
        _process?.Scheduler.Mix(OperationHash);
        if (cut is null && _failures.Fails(DiskOperation.Flush))
        {
            Failed(DiskOperation.Flush, handle);
            handle.Inode.FailFlush(_cuts, Statistics);
            return DiskResult.Failed;
        }

        if (_options.FlushIsHonest)
        {
            handle.Inode.Flush();
        }

        return cut is null ? DiskResult.Done : Die();
    }

    internal DiskResult FlushNames(string path)
    {
        SimFolder folder = Folder(Split(path).Folder);
        _latencyUs += _options.FlushUs;
        return Change(
            Kind("folder"),
            DiskOperation.FlushNames,
            path,
            () =>
            {
                if (_options.FlushIsHonest)
                {
                    folder.Flush();
                }
            }
        );
    }

    internal DiskResult Rename(string from, string to, DiskKind kind)
    {
        if (!Points.IsKilled && Find(from) is null)
        {
            return DiskResult.Missing;
        }

        (string folder, string name) = Split(from);
        return Change(
            kind,
            DiskOperation.Rename,
            from,
            () =>
            {
                _used -= Blocks(Find(to)?.Length ?? 0);
                Folder(folder).Rename(name, Split(to).Name);
            }
        );
    }

    internal DiskResult Delete(string path, DiskKind kind)
    {
        if (!Points.IsKilled && Find(path) is null)
        {
            return DiskResult.Missing;
        }

        (string folder, string name) = Split(path);
        return Change(
            kind,
            DiskOperation.Delete,
            path,
            () =>
            {
                _used -= Blocks(Find(path)!.Length);
                Folder(folder).Unlink(name);
            }
        );
    }

    internal DiskResult Read(SimHandle handle, long offset, Span<byte> into, out int read)
    {
        read = 0;
        if (!IsAlive(handle))
        {
            return DiskResult.Dead;
        }

        Statistics.Add(DiskOperation.Read);
        if (_failures.Fails(DiskOperation.Read))
        {
            Failed(DiskOperation.Read, handle);
            return DiskResult.Failed;
        }

        if (offset < handle.Inode.Length)
        {
            read = (int)Math.Min(into.Length, handle.Inode.Length - offset);
            handle.Inode.Seen.Slice((int)offset, read).CopyTo(into);
        }

        return DiskResult.Done;
    }

    internal void Close(SimHandle handle)
    {
        handle.Inode.Locks.Lower(handle, SimLocks.None);
        handle.Inode.Handles--;
        if (!IsAlive(handle) || !handle.DeletesOnClose)
        {
            return;
        }

        if (handle.Path.Length == 0)
        {
            _used -= Blocks(handle.Inode.Length);
        }
        else if (Find(handle.Path) == handle.Inode)
        {
            Delete(handle.Path, handle.Kind);
        }
    }

    private DiskResult Change(DiskKind kind, DiskOperation operation, string path, Action change, long argument = 0)
    {
        if (Points.IsKilled)
        {
            return DiskResult.Dead;
        }

        CrashWhen? cut = Touch(kind, operation);
        if (cut == CrashWhen.Before || (cut == CrashWhen.During && _cuts.Chance(0.5)))
        {
            return Die();
        }

        Note(operation, path, argument);
        change();
        return cut is null ? DiskResult.Done : Die();
    }

    private CrashWhen? Touch(DiskKind kind, DiskOperation operation) =>
        kind.HasPoints ? Points.Touch(kind.Step(operation)) : null;

    private DiskResult Die()
    {
        Points.Die();
        return DiskResult.Dead;
    }

    /// <summary>How many of so many bytes fit.</summary>
    private int Room(SimInode inode, long offset, int length)
    {
        if (offset + length <= inode.Length)
        {
            return length;
        }

        long free = IsFull ? 0 : Math.Max(0, _options.CapacityBytes - _used);
        long end = Math.Min(Blocks(inode.Length) + (free / BlockBytes * BlockBytes), FileBytesMax);
        return (int)Math.Clamp(end - offset, 0, length);
    }

    /// <summary>A deleted file gave its space back when its name went, open or not.</summary>
    private void Grew(SimHandle handle, long blocksBefore) =>
        _used += handle.Inode.IsLinked || handle.Path.Length == 0 ? Blocks(handle.Inode.Length) - blocksBefore : 0;

    private void Failed(DiskOperation operation, SimHandle handle)
    {
        Statistics.Failures++;
        Log(FaultKind.DiskFailed, handle, (long)operation);
    }

    private long Slowness(SimHandle handle)
    {
        long us = _failures.Slowness(_options.SlowFlushMs);
        if (us > 0)
        {
            Statistics.SlowFlushes++;
            Log(FaultKind.FlushSlow, handle, us);
        }

        return us;
    }

    private void Log(FaultKind kind, SimHandle handle, long amount) =>
        _process?.Scheduler.Faults.Add(kind, $"{_process.Name}{handle.Path}", FaultLog.Plan, amount);

    private static long Sectors(int length) => (length + SimInode.SectorBytes - 1) / SimInode.SectorBytes;
}
