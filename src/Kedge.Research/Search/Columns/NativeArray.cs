using System.Runtime.InteropServices;

namespace Kedge.Research.Search.Columns;

/// <summary>Numbers outside the garbage collector's heap, on cache lines of their own. Made zero.</summary>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private const nuint CacheLine = 64;

    public NativeArray(long length)
    {
        Length = length;
        Bytes = Math.Max(length, 1) * sizeof(T);
        Start = (T*)NativeMemory.AlignedAlloc((nuint)Bytes, CacheLine);
        NativeMemory.Clear(Start, (nuint)Bytes);
        GC.AddMemoryPressure(Bytes);
    }

    public T* Start { get; private set; }

    public long Length { get; }

    public long Bytes { get; }

    public void Dispose()
    {
        if (Start is not null)
        {
            NativeMemory.AlignedFree(Start);
            Start = null;
            GC.RemoveMemoryPressure(Bytes);
        }
    }
}
