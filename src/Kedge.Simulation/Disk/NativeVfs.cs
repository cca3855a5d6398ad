using System.Runtime.InteropServices;

namespace Kedge.Simulation.Disk;

/// <summary>The parts of SQLite's interface to operating systems that a file system of ours has to fill in, as sqlite3.h lays them out.</summary>
internal static unsafe partial class NativeVfs
{
    public const int Ok = 0;
    public const int Busy = 5;
    public const int ReadOnly = 8;
    public const int IoError = 10;
    public const int NotFound = 12;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int ReadFailed = IoError | (1 << 8);
    public const int ShortRead = IoError | (2 << 8);
    public const int WriteFailed = IoError | (3 << 8);
    public const int FlushFailed = IoError | (4 << 8);
    public const int TruncateFailed = IoError | (6 << 8);
    public const int DeleteFailed = IoError | (10 << 8);
    public const int DeleteMissing = IoError | (23 << 8);

    public const int OpenReadOnly = 0x1;
    public const int OpenCreate = 0x4;
    public const int OpenDeleteOnClose = 0x8;
    public const int OpenExclusive = 0x10;
    public const int OpenMainJournal = 0x800;
    public const int OpenSuperJournal = 0x4000;
    public const int OpenWal = 0x8_0000;

    public const int AccessExists = 0;

    /// <summary>What SQLite's own file system for Unix says of every device: a write damages nothing beside it.</summary>
    public const int PowersafeOverwrite = 0x1000;

    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    public static partial int Register(Vfs* vfs, int makeDefault);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_unregister")]
    public static partial int Unregister(Vfs* vfs);

    /// <summary>sqlite3_vfs, version 2.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Vfs
    {
        public int Version;
        public int FileBytes;
        public int PathBytesMax;
        public Vfs* Next;
        public byte* Name;
        public nint Owner;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, OpenFile*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int*, int> Access;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, byte*, int> FullPath;
        public nint LibraryOpen;
        public nint LibraryError;
        public nint LibrarySymbol;
        public nint LibraryClose;
        public delegate* unmanaged[Cdecl]<Vfs*, int, byte*, int> Randomness;
        public delegate* unmanaged[Cdecl]<Vfs*, int, int> Sleep;
        public delegate* unmanaged[Cdecl]<Vfs*, double*, int> CurrentTime;
        public delegate* unmanaged[Cdecl]<Vfs*, int, byte*, int> LastError;
        public delegate* unmanaged[Cdecl]<Vfs*, long*, int> CurrentTimeMs;
    }

    /// <summary>sqlite3_file, with what is ours behind.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct OpenFile
    {
        public Methods* Methods;
        public nint Handle;
    }

    /// <summary>sqlite3_io_methods, version 1: no shared memory, no mapped files.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Flush;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> Size;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int*, int> IsReserved;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, void*, int> Control;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> SectorBytes;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Characteristics;
    }
}
