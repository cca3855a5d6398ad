using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Kedge.Simulation.Disk;

/// <summary>What SQLite calls of a file system. Nothing may be thrown through SQLite: an error of ours becomes a failing disk and is kept.</summary>
internal static unsafe class VfsCalls
{
    private const int PathBytesMax = 512;
    private const double MsPerDay = 86_400_000.0;

    /// <summary>Julian day 2440587.5, the Unix epoch, in ms.</summary>
    private const long EpochMs = 210_866_760_000_000;

    public static void Fill(NativeVfs.Vfs* vfs, byte* name, nint owner)
    {
        vfs->Version = 2;
        vfs->FileBytes = sizeof(NativeVfs.OpenFile);
        vfs->PathBytesMax = PathBytesMax;
        vfs->Name = name;
        vfs->Owner = owner;
        vfs->Open = &Open;
        vfs->Delete = &Delete;
        vfs->Access = &Access;
        vfs->FullPath = &FullPath;
        vfs->Randomness = &Randomness;
        vfs->Sleep = &Sleep;
        vfs->CurrentTime = &CurrentTime;
        vfs->LastError = &LastError;
        vfs->CurrentTimeMs = &CurrentTimeMs;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs.Vfs* vfs, byte* name, NativeVfs.OpenFile* file, int flags, int* outFlags)
    {
        file->Methods = null;
        SimVfs self = SimVfs.Of(vfs);
        try
        {
            int code = TryOpen(self.Disk, name == null ? null : Text(name), flags, out SimHandle? handle);
            if (code == NativeVfs.Ok)
            {
                file->Handle = GCHandle.ToIntPtr(GCHandle.Alloc(new VfsFile(self, handle!)));
                file->Methods = VfsFileCalls.Methods;
                self.Opened();
                if (outFlags != null)
                {
                    *outFlags = flags;
                }
            }

            return code;
        }
        catch (Exception e)
        {
            self.Fault ??= e;
            return NativeVfs.CannotOpen;
        }
    }

    private static int TryOpen(SimDisk disk, string? path, int flags, out SimHandle? handle)
    {
        if (path is null)
        {
            handle = disk.OpenTemporary();
            return NativeVfs.Ok;
        }

        handle = null;
        DiskKind kind = KindOf(disk, flags);
        bool isMade = false;
        if ((flags & NativeVfs.OpenCreate) != 0)
        {
            DiskResult made = disk.Create(path, kind);
            isMade = made == DiskResult.Done;
            if (!isMade && (made != DiskResult.Present || (flags & NativeVfs.OpenExclusive) != 0))
            {
                return NativeVfs.CannotOpen;
            }
        }

        bool deletes = (flags & NativeVfs.OpenDeleteOnClose) != 0;
        if (disk.Open(path, kind, (flags & NativeVfs.OpenReadOnly) != 0, deletes, out handle) != DiskResult.Done)
        {
            return NativeVfs.CannotOpen;
        }

        // As on Unix: the first flush of a new log flushes its name.
        const int logs = NativeVfs.OpenMainJournal | NativeVfs.OpenSuperJournal | NativeVfs.OpenWal;
        handle!.FlushesNames = (flags & NativeVfs.OpenCreate) != 0 && (flags & logs) != 0;
        return NativeVfs.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs.Vfs* vfs, byte* name, int flushNames)
    {
        SimVfs self = SimVfs.Of(vfs);
        try
        {
            string path = Text(name);
            switch (self.Disk.Delete(path, KindOf(self.Disk, path)))
            {
                case DiskResult.Missing:
                    return NativeVfs.DeleteMissing;
                case DiskResult.Done:
                    return flushNames == 0 || self.Disk.FlushNames(path) == DiskResult.Done
                        ? NativeVfs.Ok
                        : NativeVfs.DeleteFailed;
                default:
                    return NativeVfs.DeleteFailed;
            }
        }
        catch (Exception e)
        {
            self.Fault ??= e;
            return NativeVfs.DeleteFailed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(NativeVfs.Vfs* vfs, byte* name, int what, int* result)
    {
        SimVfs self = SimVfs.Of(vfs);
        try
        {
            // As on Unix: an empty file does not count as a log left behind.
            long length = self.Disk.LengthOf(Text(name));
            *result = (what == NativeVfs.AccessExists ? length > 0 : length >= 0) ? 1 : 0;
            return NativeVfs.Ok;
        }
        catch (Exception e)
        {
            self.Fault ??= e;
            return NativeVfs.IoError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPath(NativeVfs.Vfs* vfs, byte* name, int bytes, byte* into)
    {
        ReadOnlySpan<byte> path = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        int slash = path.StartsWith("/"u8) ? 0 : 1;
        if (path.Length + slash + 1 > bytes)
        {
            return NativeVfs.CannotOpen;
        }

        into[0] = (byte)'/';
        path.CopyTo(new Span<byte>(into + slash, bytes - slash));
        into[path.Length + slash] = 0;
        return NativeVfs.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Randomness(NativeVfs.Vfs* vfs, int bytes, byte* into)
    {
        SimVfs.Of(vfs).Fill(new Span<byte>(into, bytes));
        return bytes;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(NativeVfs.Vfs* vfs, int us)
    {
        SimVfs.Of(vfs).Disk.Wait(us);
        return us;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTime(NativeVfs.Vfs* vfs, double* days)
    {
        int code = TryTellTime(vfs, out long ms);
        *days = ms / MsPerDay;
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTimeMs(NativeVfs.Vfs* vfs, long* ms) => TryTellTime(vfs, out *ms);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LastError(NativeVfs.Vfs* vfs, int bytes, byte* into) => 0;

    private static int TryTellTime(NativeVfs.Vfs* vfs, out long ms)
    {
        SimVfs self = SimVfs.Of(vfs);
        ms = EpochMs;
        try
        {
            ms += self.Disk.WallMs();
            return NativeVfs.Ok;
        }
        catch (Exception e)
        {
            self.Fault ??= e;
            return NativeVfs.IoError;
        }
    }

    private static DiskKind KindOf(SimDisk disk, int flags) =>
        disk.Kind(
            (flags & NativeVfs.OpenWal) != 0 ? DiskKind.Wal
            : (flags & (NativeVfs.OpenMainJournal | NativeVfs.OpenSuperJournal)) != 0 ? DiskKind.Rollback
            : (flags & NativeVfs.OpenDeleteOnClose) != 0 ? DiskKind.Temporary
            : DiskKind.Database
        );

    private static DiskKind KindOf(SimDisk disk, string path) =>
        disk.Kind(
            path.EndsWith("-wal", StringComparison.Ordinal) ? DiskKind.Wal
            : path.EndsWith("-journal", StringComparison.Ordinal) ? DiskKind.Rollback
            : DiskKind.Database
        );

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
