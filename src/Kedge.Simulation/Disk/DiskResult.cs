namespace Kedge.Simulation.Disk;

/// <summary>How an operation on a disk ended.</summary>
internal enum DiskResult
{
    Done,

    /// <summary>No space; a part may be written.</summary>
    Full,

    /// <summary>An injected failure.</summary>
    Failed,

    /// <summary>No such file.</summary>
    Missing,

    /// <summary>There is such a file already.</summary>
    Present,

    /// <summary>The process has ended, or the handle is of an earlier life of it.</summary>
    Dead,
}
