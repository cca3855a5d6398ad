using Kedge.Model.Venues;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Simulation.Venues;

/// <summary>What a client keeps on disk: it survives every kill. Without a disk of the simulation under it that is simply so.</summary>
public sealed class VenueDisk
{
    private readonly SimDisk? _disk;
    private readonly SitedFiles? _files;
    private readonly string _path = "";
    private NonceBound? _bound;
    private long _floor;

    /// <summary>A disk that loses nothing and takes everything at once.</summary>
    public VenueDisk() { }

    /// <summary>A file of a simulated disk. Its changes and the venue's calls to the outside are crash points.</summary>
    /// <param name="disk">The disk of the client's process.</param>
    /// <param name="path">File of the nonces.</param>
    /// <param name="owner">Who calls: the first part of the points' names, for example <c>venue</c>.</param>
    public VenueDisk(SimDisk disk, string path, string owner)
    {
        ArgumentNullException.ThrowIfNull(disk);
        (_disk, _path, Owner) = (disk, path, owner);
        _files = new SitedFiles(disk.Files, disk.Points, "nonce");
    }

    /// <summary>First part of the names of crash points.</summary>
    public string Owner { get; } = "venue";

    /// <summary>Crash points of the client's process; null where there are none.</summary>
    public CrashPoints? Points => _disk?.Points;

    /// <summary>Nonces up to this may have been used.</summary>
    public long NonceFloor => _bound?.UpTo ?? _floor;

    /// <summary>How far the account's history was delivered; the keeper of fills writes it with what it covers, in one step.</summary>
    public AccountCursor? Cursor { get; set; }

    /// <summary>Reads what an earlier life has written.</summary>
    internal void Open() => _bound = _files is null ? null : NonceBound.Open(_files, _path);

    /// <summary>Writes down that nonces up to a bound may be used.</summary>
    /// <param name="upTo">The bound.</param>
    /// <param name="tookUs">How long it took, µs.</param>
    /// <returns>False when the disk does not take it: it is asked again.</returns>
    internal bool TrySave(long upTo, out long tookUs)
    {
        tookUs = 0;
        if (_bound is null)
        {
            _floor = Math.Max(_floor, upTo);
            return true;
        }

        bool isSaved = _bound.Save(upTo).IsOk;
        tookUs = _disk!.TakeLatencyUs();
        return isSaved;
    }
}
