namespace Kedge.Simulation.Disk;

/// <summary>One file's content: as programs see it, as the disk holds it, and the changes between the two.</summary>
internal sealed class SimInode
{
    public const int SectorBytes = 512;

    /// <summary>More unflushed bytes than this are brought to the disk by the system itself, oldest and newest alike.</summary>
    private const int WriteBackBytes = 64 << 20;

    private readonly List<Change> _changes = [];
    private byte[] _seen = [];
    private byte[] _disk = [];
    private byte[] _bytes = [];
    private int _bytesUsed;
    private int _diskLength;

    /// <summary>Bytes as programs see them.</summary>
    public int Length { get; private set; }

    /// <summary>Open handles.</summary>
    public int Handles { get; set; }

    /// <summary>Has a name.</summary>
    public bool IsLinked { get; set; }

    /// <summary>SQLite's locks on it.</summary>
    public SimLocks Locks { get; } = new();

    public ReadOnlySpan<byte> Seen => _seen.AsSpan(0, Length);

    public ReadOnlySpan<byte> OnDisk => _disk.AsSpan(0, _diskLength);

    public void Write(int offset, ReadOnlySpan<byte> bytes, bool isTorn = false)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Put(ref _seen, offset, bytes);
        Length = Math.Max(Length, offset + bytes.Length);
        if (_bytesUsed + bytes.Length > WriteBackBytes)
        {
            Flush();
        }

        Put(ref _bytes, _bytesUsed, bytes);
        _changes.Add(new Change(offset, bytes.Length, _bytesUsed, isTorn));
        _bytesUsed += bytes.Length;
    }

    public void Truncate(int length)
    {
        _seen.AsSpan(Math.Min(length, Length), Math.Max(0, Length - length)).Clear();
        Grow(ref _seen, length);
        Length = length;
        _changes.Add(new Change(length, Change.Cut, 0, IsTorn: false));
    }

    public void Flush()
    {
        foreach (Change change in _changes)
        {
            if (change.IsCut)
            {
                CutDisk(change.Offset);
            }
            else
            {
                PutDisk(change.Offset, Bytes(change));
            }
        }

        Forget();
    }

    /// <summary>The disk keeps some sectors of what was not flushed; programs go on seeing all of it.</summary>
    public void FailFlush(SimRandom random, DiskStatistics statistics) => Settle(random, Survival.PerSector, statistics);

    /// <summary>Power goes: programs see from now on what the disk has.</summary>
    public void LosePower(SimRandom random, DiskStatistics statistics)
    {
        if (_changes.Count > 0)
        {
            Settle(random, (Survival)random.NextBetween(0, (int)Survival.PerSector), statistics);
        }

        Grow(ref _seen, _diskLength);
        OnDisk.CopyTo(_seen);
        _seen.AsSpan(_diskLength).Clear();
        Length = _diskLength;
        Locks.Clear();
    }

    private void Settle(SimRandom random, Survival survival, DiskStatistics statistics)
    {
        // A prefix of the changes, the last of them torn.
        int whole = survival == Survival.Prefix ? (int)random.NextBetween(0, _changes.Count) : 0;
        for (int i = 0; i < _changes.Count; i++)
        {
            Change change = _changes[i];
            bool perSector = change.IsTorn || survival == Survival.PerSector || (survival == Survival.Prefix && i == whole);
            bool survives = survival switch
            {
                Survival.All => true,
                Survival.Prefix => i < whole,
                Survival.PerChange => random.Chance(0.5),
                _ => false,
            };
            if (change.IsCut)
            {
                if (perSector ? random.Chance(0.5) : survives)
                {
                    CutDisk(change.Offset);
                }
            }
            else if (perSector)
            {
                Tear(change, random, statistics);
            }
            else
            {
                long sectors = Sectors(change);
                statistics.SectorsKept += survives ? sectors : 0;
                statistics.SectorsLost += survives ? 0 : sectors;
                if (survives)
                {
                    PutDisk(change.Offset, Bytes(change));
                }
            }
        }

        Forget();
    }

    private void Tear(Change change, SimRandom random, DiskStatistics statistics)
    {
        ReadOnlySpan<byte> bytes = Bytes(change);
        int kept = 0;
        int lost = 0;
        for (int at = 0; at < bytes.Length; )
        {
            int end = Math.Min(bytes.Length, at + SectorBytes - ((change.Offset + at) % SectorBytes));
            if (random.Chance(0.5))
            {
                PutDisk(change.Offset + at, bytes[at..end]);
                kept++;
            }
            else
            {
                lost++;
            }

            at = end;
        }

        // The length may have reached the disk without the bytes.
        if (random.Chance(0.25) && change.Offset + bytes.Length > _diskLength)
        {
            CutDisk(change.Offset + bytes.Length);
        }

        statistics.SectorsKept += kept;
        statistics.SectorsLost += lost;
        statistics.WritesTorn += kept > 0 && lost > 0 ? 1 : 0;
    }

    private static long Sectors(Change change) =>
        ((change.Offset + change.Length - 1) / SectorBytes) - (change.Offset / SectorBytes) + 1;

    private ReadOnlySpan<byte> Bytes(Change change) => _bytes.AsSpan(change.At, change.Length);

    private void Forget()
    {
        _changes.Clear();
        _bytesUsed = 0;
    }

    private void PutDisk(int offset, ReadOnlySpan<byte> bytes)
    {
        Put(ref _disk, offset, bytes);
        _diskLength = Math.Max(_diskLength, offset + bytes.Length);
    }

    private void CutDisk(int length)
    {
        _disk.AsSpan(Math.Min(length, _diskLength), Math.Max(0, _diskLength - length)).Clear();
        Grow(ref _disk, length);
        _diskLength = length;
    }

    private static void Put(ref byte[] into, int offset, ReadOnlySpan<byte> bytes)
    {
        Grow(ref into, offset + bytes.Length);
        bytes.CopyTo(into.AsSpan(offset));
    }

    private static void Grow(ref byte[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, (int)Math.Min(Math.Max(4_096L, Math.Max(length, array.Length * 2L)), Array.MaxLength));
        }
    }

    /// <summary>What a loss of power leaves of one file's unflushed changes. All of these happen on real disks; no single one finds every bug.</summary>
    private enum Survival
    {
        Nothing,
        All,
        Prefix,
        PerChange,
        PerSector,
    }

    private readonly record struct Change(int Offset, int Length, int At, bool IsTorn)
    {
        public const int Cut = -1;

        public bool IsCut => Length == Cut;
    }
}
