using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kedge.Simulation.Disk;

/// <summary>What SQLite calls of an open file.</summary>
internal static unsafe class VfsFileCalls
{
    private const int SectorBytesTold = 4_096;

    /// <summary>The table of these calls; it lives as long as the process, for files outlive whoever opened them.</summary>
    public static readonly NativeVfs.Methods* Methods = Make();

    private static NativeVfs.Methods* Make()
    {
        NativeVfs.Methods* methods = (NativeVfs.Methods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs.Methods));
        methods->Version = 1;
        methods->Close = &Close;
        methods->Read = &Read;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Flush = &Flush;
        methods->Size = &Size;
        methods->Lock = &Lock;
        methods->Unlock = &Unlock;
        methods->IsReserved = &IsReserved;
        methods->Control = &Control;
        methods->SectorBytes = &SectorBytes;
        methods->Characteristics = &Characteristics;
        return methods;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeVfs.OpenFile* file)
    {
        GCHandle held = GCHandle.FromIntPtr(file->Handle);
        VfsFile open = (VfsFile)held.Target!;
        held.Free();
        file->Methods = null;
        try
        {
            open.Handle.Disk.Close(open.Handle);
            return NativeVfs.Ok;
        }
        catch (Exception e)
        {
            open.Vfs.Fault ??= e;
            return NativeVfs.IoError;
        }
        finally
        {
            open.Vfs.Closed();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeVfs.OpenFile* file, byte* into, int bytes, long offset)
    {
        VfsFile open = Of(file);
        try
        {
            Span<byte> span = new(into, bytes);
            if (open.Handle.Disk.Read(open.Handle, offset, span, out int read) != DiskResult.Done)
            {
                return NativeVfs.ReadFailed;
            }

            span[read..].Clear();
            return read == bytes ? NativeVfs.Ok : NativeVfs.ShortRead;
        }
        catch (Exception e)
        {
            open.Vfs.Fault ??= e;
            return NativeVfs.ReadFailed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeVfs.OpenFile* file, byte* from, int bytes, long offset)
    {
        VfsFile open = Of(file);
        try
        {
            return open.Handle.IsReadOnly
                ? NativeVfs.ReadOnly
                : Code(open.Handle.Disk.Write(open.Handle, offset, new ReadOnlySpan<byte>(from, bytes)), NativeVfs.WriteFailed);
        }
        catch (Exception e)
        {
            open.Vfs.Fault ??= e;
            return NativeVfs.WriteFailed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeVfs.OpenFile* file, long length)
    {
        VfsFile open = Of(file);
        try
        {
            return open.Handle.IsReadOnly
                ? NativeVfs.ReadOnly
                : Code(open.Handle.Disk.Truncate(open.Handle, length), NativeVfs.TruncateFailed);
        }
        catch (Exception e)
        {
            open.Vfs.Fault ??= e;
            return NativeVfs.TruncateFailed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Flush(NativeVfs.OpenFile* file, int flags)
    {
        VfsFile open = Of(file);
        try
        {
            SimHandle handle = open.Handle;
            int code = Code(handle.Disk.Flush(handle), NativeVfs.FlushFailed);
            if (code == NativeVfs.Ok && handle.FlushesNames)
            {
                handle.FlushesNames = false;
                code = Code(handle.Disk.FlushNames(handle.Path), NativeVfs.FlushFailed);
            }

            return code;
        }
        catch (Exception e)
        {
            open.Vfs.Fault ??= e;
            return NativeVfs.FlushFailed;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(NativeVfs.OpenFile* file, long* bytes)
    {
        *bytes = Of(file).Handle.Inode.Length;
        return NativeVfs.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(NativeVfs.OpenFile* file, int level)
    {
        SimHandle handle = Of(file).Handle;
        if (!handle.Disk.IsAlive(handle))
        {
            return NativeVfs.IoError;
        }

        return handle.Inode.Locks.Raise(handle, level) ? NativeVfs.Ok : NativeVfs.Busy;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(NativeVfs.OpenFile* file, int level)
    {
        SimHandle handle = Of(file).Handle;
        handle.Inode.Locks.Lower(handle, level);
        return NativeVfs.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsReserved(NativeVfs.OpenFile* file, int* result)
    {
        *result = Of(file).Handle.Inode.Locks.IsReserved ? 1 : 0;
        return NativeVfs.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(NativeVfs.OpenFile* file, int operation, void* argument) => NativeVfs.NotFound;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorBytes(NativeVfs.OpenFile* file) => SectorBytesTold;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Characteristics(NativeVfs.OpenFile* file) => NativeVfs.PowersafeOverwrite;

    private static VfsFile Of(NativeVfs.OpenFile* file) => (VfsFile)GCHandle.FromIntPtr(file->Handle).Target!;

    private static int Code(DiskResult result, int failed) =>
        result switch
        {
            DiskResult.Done => NativeVfs.Ok,
            DiskResult.Full => NativeVfs.Full,
            _ => failed,
        };
}
