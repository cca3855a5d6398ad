using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Gpu;

/// <summary>Memory of this machine for copies to and from a card: such that the card reaches by itself where the system gives it, else any.</summary>
internal sealed unsafe class HostBuffer : IDisposable
{
    private readonly IGpuDevice _device;
    private readonly NativeArray<byte>? _plain;
    private nint _pinned;

    public HostBuffer(IGpuDevice device, long bytes)
    {
        _device = device;
        Bytes = bytes;
        try
        {
            _pinned = device.AllocateHost(bytes);
        }
        catch (GpuOutOfMemoryException)
        {
            // Copies are slower then, and right.
            _plain = new NativeArray<byte>(bytes);
        }
    }

    public long Bytes { get; }

    public byte* Start => _plain is null ? (byte*)_pinned : _plain.Start;

    public void Dispose()
    {
        _plain?.Dispose();
        if (_pinned != 0)
        {
            _device.FreeHost(_pinned);
            _pinned = 0;
        }
    }
}
