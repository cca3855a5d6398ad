namespace Kedge.Simulation.Disk;

/// <summary>A file SQLite has open, and through which file system.</summary>
internal sealed record VfsFile(SimVfs Vfs, SimHandle Handle);
