namespace Kedge.Research.Search.Columns;

/// <summary>An array that configurations share.</summary>
internal sealed class SharedArray<T> : ISharedThing
    where T : unmanaged
{
    public SharedArray(long length) => Values = new NativeArray<T>(length);

    public NativeArray<T> Values { get; }

    public long Bytes => Values.Bytes;

    public void Dispose() => Values.Dispose();
}
