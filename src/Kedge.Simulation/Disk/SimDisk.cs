using Kedge.Kernel;
using Kedge.Model.Files;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Disk;

/// <summary>
/// The disk of one process. What was flushed is never lost; what was not survives a loss of power, vanishes or tears, per sector of 512 bytes, as the
/// seed says; names are lost the same way, the last ones first. A kill of the process alone loses nothing that was written. After either, what was open
/// takes nothing more. One thread uses a disk; several disks may be used by several threads.
/// </summary>
public sealed partial class SimDisk
{
    private const int BlockBytes = 4_096;
    private readonly SimDiskOptions _options;
    private readonly SimRandom _random;
    private readonly SortedDictionary<string, SimFolder> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DiskKind> _kinds = new(StringComparer.Ordinal);
    private SimProcess? _process;
    private long _used;
    private long _latencyUs;
    private int _life;

    /// <summary>An empty disk.</summary>
    /// <param name="random">Its stream; fork it by the disk's name.</param>
    /// <param name="options">What it is like; null for the defaults.</param>
    /// <param name="points">Crash points of the process it belongs to; null for points of its own.</param>
    public SimDisk(SimRandom random, SimDiskOptions? options = null, CrashPoints? points = null)
    {
        _random = random;
        _options = options ?? new SimDiskOptions();
        _failures = new DiskFailures(random, _options);
        _cuts = random.Fork("cuts");
        Points = points ?? new CrashPoints(random.Fork("points"));
        Points.Died += Crash;
        Files = new SimFileSystem(this);
    }

    /// <summary>Crash points of the process it belongs to.</summary>
    public CrashPoints Points { get; }

    /// <summary>Its files for programs that need no database.</summary>
    public IFileSystem Files { get; }

    /// <summary>What happened to it.</summary>
    public DiskStatistics Statistics { get; } = new();

    /// <summary>Space taken, bytes, in blocks of 4,096.</summary>
    public long UsedBytes => _used;

    /// <summary>While set it is full: files grow no more; what they have can be written over.</summary>
    public bool IsFull { get; set; }

    /// <summary>One number over every operation so far, and over the bytes of those files whose bytes repeat: all but SQLite's logs.</summary>
    public ulong OperationHash { get; private set; } = StateHash.Seed;

    /// <summary>Wall clock that SQLite sees, Unix ms; the process's once attached.</summary>
    public Func<long> WallMs { get; set; } = static () => 1_704_067_200_000;

    /// <summary>
    /// Binds it to a process: it crashes with it, is revived with it, shows its clock, and mixes what it does into the event hash. Before anything else
    /// of the process is bound: what is closed at a kill must find the disk dead.
    /// </summary>
    public void Attach(SimProcess process)
    {
        _process = process;
        WallMs = () => process.Now.WallMs;
        process.OnStart(Points.Revive);
        process.OnKill(Crash);
    }

    /// <summary>Ends the process that uses it: everything open is dead. After <see cref="KillKind.Power"/> it holds what reached it.</summary>
    public void Crash(KillKind kind)
    {
        _life++;
        _latencyUs = 0;
        if (kind == KillKind.Process)
        {
            foreach (SimFolder folder in _folders.Values)
            {
                foreach (SimInode inode in folder.Seen.Values)
                {
                    inode.Locks.Clear();
                }
            }

            return;
        }

        SimRandom random = _random.Fork($"crash/{++Statistics.PowerLosses}");
        _used = 0;
        foreach (SimFolder folder in _folders.Values)
        {
            folder.LosePower(random, Statistics);
            foreach (SimInode inode in folder.Seen.Values)
            {
                inode.LosePower(random, Statistics);
                _used += Blocks(inode.Length);
            }
        }
    }

    /// <summary>Takes the time that operations took since the last call, µs: the host lets its process wait as long.</summary>
    public long TakeLatencyUs()
    {
        long taken = _latencyUs;
        _latencyUs = 0;
        return taken;
    }

    /// <summary>Makes the next flush slower.</summary>
    /// <param name="us">By how much, µs.</param>
    public void StallNextFlush(long us) => _failures.StallUs += us;

    /// <summary>Makes operations fail.</summary>
    /// <param name="operation">Which: read, write or flush.</param>
    /// <param name="times">How many of the next.</param>
    public void FailNext(DiskOperation operation, int times = 1) => _failures.Plan(operation, times);

    /// <summary>Bytes of a file as programs see them; null when there is none.</summary>
    public byte[]? Read(string path) => Find(path)?.Seen.ToArray();

    /// <summary>Bytes of a file as the disk holds them; null when the disk knows no such name.</summary>
    public byte[]? ReadDurable(string path)
    {
        (string folder, string name) = Split(path);
        return _folders.TryGetValue(folder, out SimFolder? found) && found.OnDisk.TryGetValue(name, out SimInode? inode)
            ? inode.OnDisk.ToArray()
            : null;
    }

    /// <summary>
    /// One number over all names and bytes, those that programs see and those on the disk. Random salts of SQLite's logs, and checksums that follow from
    /// them, are left out: SQLite draws them from one source for the whole process.
    /// </summary>
    public ulong Fingerprint()
    {
        ulong hash = StateHash.Seed;
        foreach ((string path, SimFolder folder) in _folders)
        {
            hash = StateHash.Mix(hash, SimHash.Of(path));
            foreach ((string name, SimInode inode) in folder.Seen)
            {
                hash = StateHash.Mix(hash, SimHash.Of(name));
                hash = StateHash.Mix(hash, SimHash.Of(SqliteSalts.Without(name, inode.Seen)));
            }

            foreach ((string name, SimInode inode) in folder.OnDisk)
            {
                hash = StateHash.Mix(hash, SimHash.Of(name) + 1);
                hash = StateHash.Mix(hash, SimHash.Of(SqliteSalts.Without(name, inode.OnDisk)));
            }
        }

        return hash;
    }

    internal DiskKind Kind(string name)
    {
        if (!_kinds.TryGetValue(name, out DiskKind? kind))
        {
            kind = new DiskKind(name, Points);
            _kinds.Add(name, kind);
        }

        return kind;
    }

    internal DiskKind KindOfFile(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        int dot = name.LastIndexOf('.');
        return Kind(_options.KindOf?.Invoke(path) ?? (dot < 0 ? name : name[(dot + 1)..]));
    }

    internal SimRandom Fork(string name) => _random.Fork(name);

    internal void Wait(long us) => _latencyUs += us;

    private SimInode? Find(string path)
    {
        (string folder, string name) = Split(path);
        return _folders.TryGetValue(folder, out SimFolder? found) ? found.Seen.GetValueOrDefault(name) : null;
    }

    private SimFolder Folder(string path)
    {
        if (!_folders.TryGetValue(path, out SimFolder? folder))
        {
            folder = new SimFolder();
            _folders.Add(path, folder);
        }

        return folder;
    }

    private static (string Folder, string Name) Split(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash <= 0
            ? ("/", path[(slash + 1)..])
            : (path[0] == '/' ? path[..slash] : "/" + path[..slash], path[(slash + 1)..]);
    }

    private static long Blocks(long length) => (length + BlockBytes - 1) / BlockBytes * BlockBytes;

    private void Note(DiskOperation operation, string path, long a = 0, long b = 0)
    {
        Statistics.Add(operation);
        ulong hash = StateHash.Mix(OperationHash, SimHash.Of(path) + (ulong)operation);
        OperationHash = StateHash.Mix(StateHash.Mix(hash, (ulong)a), (ulong)b);
    }
}
