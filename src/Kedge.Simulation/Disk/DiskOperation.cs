namespace Kedge.Simulation.Disk;

/// <summary>What is done to a disk. All but reading can be a crash point.</summary>
public enum DiskOperation
{
    /// <summary>A file is made.</summary>
    Create,

    /// <summary>Bytes are written.</summary>
    Write,

    /// <summary>A file is cut.</summary>
    Truncate,

    /// <summary>A file is brought to the disk.</summary>
    Flush,

    /// <summary>The names of a folder are brought to the disk.</summary>
    FlushNames,

    /// <summary>A file is given another name.</summary>
    Rename,

    /// <summary>A file is deleted.</summary>
    Delete,

    /// <summary>Bytes are read.</summary>
    Read,
}
