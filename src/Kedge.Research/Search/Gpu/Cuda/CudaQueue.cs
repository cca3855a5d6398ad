namespace Kedge.Research.Search.Gpu.Cuda;

/// <summary>A stream of a card.</summary>
internal sealed unsafe class CudaQueue : IGpuQueue
{
    /// <summary>One warp a block: as many multiprocessors as possible take part when there are few elements.</summary>
    private const int BlockThreads = 32;

    private const uint BesideTheDefaultStream = 1;

    private readonly CudaDevice _device;
    private readonly nint _stream;

    public CudaQueue(CudaDevice device)
    {
        _device = device;
        nint stream;
        device.Enter();
        device.Check(device.Cuda.StreamCreate(&stream, BesideTheDefaultStream), "cuStreamCreate");
        _stream = stream;
    }

    public void Upload(ulong to, void* from, long bytes)
    {
        _device.Enter();
        _device.Check(_device.Cuda.CopyToDevice(to, from, (nuint)bytes, _stream), "cuMemcpyHtoDAsync");
    }

    public void Download(void* to, ulong from, long bytes)
    {
        _device.Enter();
        _device.Check(_device.Cuda.CopyToHost(to, from, (nuint)bytes, _stream), "cuMemcpyDtoHAsync");
    }

    public void Clear(ulong at, long bytes)
    {
        _device.Enter();
        _device.Check(_device.Cuda.SetBytes(at, 0, (nuint)bytes, _stream), "cuMemsetD8Async");
    }

    public void Launch(string function, ulong work, long count)
    {
        void** arguments = stackalloc void*[2];
        arguments[0] = &work;
        arguments[1] = &count;
        uint blocks = checked((uint)((count + BlockThreads - 1) / BlockThreads));
        _device.Enter();
        _device.Check(
            _device.Cuda.LaunchKernel(_device.Function(function), blocks, 1, 1, BlockThreads, 1, 1, 0, _stream, arguments, null),
            $"cuLaunchKernel({function})"
        );
    }

    public void Wait()
    {
        _device.Enter();
        _device.Check(_device.Cuda.StreamSynchronize(_stream), "cuStreamSynchronize");
    }

    public void Dispose()
    {
        _device.TryEnter();
        _ = _device.Cuda.StreamDestroy(_stream);
    }
}
