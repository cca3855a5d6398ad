using System.Runtime.InteropServices;
using System.Text;
using Kedge.Model;

namespace Kedge.Research.Search.Gpu.Cuda;

/// <summary>The first NVIDIA card that the CUDA driver shows (<c>CUDA_VISIBLE_DEVICES</c> decides which one that is), through the driver's own functions.</summary>
public sealed unsafe class CudaDevice : IGpuDevice
{
    /// <summary>Variable with the path of the CUDA driver's library, for machines that have it elsewhere.</summary>
    public const string DriverVariable = "AI_QUANT_CUDA_DRIVER";

    /// <summary>What the PTX was made for: compute capability 8.0.</summary>
    private const int LeastMajor = 8;

    private const int NoDevice = 100;
    private const int OutOfMemory = 2;
    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

    // A host thread that waits sleeps: the cores are for adding up what is done.
    private const uint BlockingWaits = 4;

    private readonly CudaLibrary _cuda;
    private readonly int _device;
    private readonly nint _context;
    private readonly Dictionary<string, nint> _functions = new(StringComparer.Ordinal);
    private nint _module;

    private CudaDevice(CudaLibrary cuda, int device)
    {
        _cuda = cuda;
        _device = device;
        byte* name = stackalloc byte[128];
        Check(cuda.DeviceGetName(name, 128, device), "cuDeviceGetName");
        Name = Marshal.PtrToStringUTF8((nint)name)!;
        int major;
        int minor;
        Check(cuda.DeviceGetAttribute(&major, CapabilityMajor, device), "cuDeviceGetAttribute");
        Check(cuda.DeviceGetAttribute(&minor, CapabilityMinor, device), "cuDeviceGetAttribute");
        if (major < LeastMajor)
        {
            throw KedgeException.Environment(
                $"--executor gpu: the card {Name} has compute capability {major}.{minor}, and the kernel needs {LeastMajor}.0 or newer; use --executor cpu"
            );
        }

        // Refused where somebody uses the context already; then waiting costs a core and nothing else.
        _ = cuda.PrimaryContextSetFlags(device, BlockingWaits);
        nint context;
        Check(cuda.PrimaryContextRetain(&context, device), "cuDevicePrimaryCtxRetain");
        _context = context;
    }

    /// <inheritdoc/>
    public string Name { get; } = "";

    internal CudaLibrary Cuda => _cuda;

    /// <summary>Opens the card.</summary>
    /// <param name="driver">Path of the driver's library; null or empty: where the system has it.</param>
    /// <exception cref="KedgeException">There is no driver, no card, or one that is too old (exit 4).</exception>
    public static CudaDevice Open(string? driver)
    {
        CudaLibrary cuda = CudaLibrary.Open(string.IsNullOrEmpty(driver) ? null : driver);
        int count = 0;
        int result = cuda.Init(0);
        result = result == 0 ? cuda.DeviceGetCount(&count) : result;
        if (result == NoDevice || (result == 0 && count == 0))
        {
            throw KedgeException.Environment(
                "--executor gpu: the CUDA driver is there and finds no card; look at nvidia-smi and CUDA_VISIBLE_DEVICES, or use --executor cpu"
            );
        }

        int device = 0;
        result = result == 0 ? cuda.DeviceGet(&device, 0) : result;
        if (result != 0)
        {
            throw KedgeException.Environment(
                $"--executor gpu: the CUDA driver does not start: {Describe(cuda, result)}; look at nvidia-smi, or use --executor cpu"
            );
        }

        try
        {
            return new CudaDevice(cuda, device);
        }
        catch (GpuOutOfMemoryException e)
        {
            throw KedgeException.Environment(
                "--executor gpu: the card's memory is full; see with nvidia-smi who uses it, or use --executor cpu",
                e
            );
        }
    }

    /// <inheritdoc/>
    public GpuMemory Memory()
    {
        nuint free;
        nuint total;
        Enter();
        Check(_cuda.MemoryGetInfo(&free, &total), "cuMemGetInfo");
        return new GpuMemory((long)free, (long)total);
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> ptx)
    {
        const int LogBytes = 4096;
        const int ErrorLog = 5;
        const int ErrorLogBytes = 6;
        byte[] text = new byte[ptx.Length + 1];
        ptx.CopyTo(text);
        byte* log = stackalloc byte[LogBytes];
        log[0] = 0;
        int* options = stackalloc int[2] { ErrorLog, ErrorLogBytes };
        void** values = stackalloc void*[2];
        values[0] = log;
        values[1] = (void*)LogBytes;
        Enter();
        nint module;
        int result;
        fixed (byte* image = text)
        {
            result = _cuda.ModuleLoad(&module, image, 2, options, values);
        }

        if (result != 0)
        {
            log[LogBytes - 1] = 0;
            string said = (Marshal.PtrToStringUTF8((nint)log) ?? "").Split('\n')[0].Trim();
            throw KedgeException.Environment(
                $"--executor gpu: the driver of {Name} refuses the kernel: {Describe(_cuda, result)}{(said.Length > 0 ? $": {said}" : "")}; update the driver, or use --executor cpu"
            );
        }

        _module = module;
    }

    /// <inheritdoc/>
    public ulong Allocate(long bytes)
    {
        ulong address;
        Enter();
        Check(_cuda.MemoryAllocate(&address, (nuint)bytes), "cuMemAlloc");
        return address;
    }

    /// <inheritdoc/>
    public void Free(ulong address)
    {
        // A card that has failed refuses this as well, and the failure has been told.
        TryEnter();
        _ = _cuda.MemoryFree(address);
    }

    /// <inheritdoc/>
    public nint AllocateHost(long bytes)
    {
        nint address;
        Enter();
        Check(_cuda.HostAllocate(&address, (nuint)bytes), "cuMemAllocHost");
        return address;
    }

    /// <inheritdoc/>
    public void FreeHost(nint address)
    {
        TryEnter();
        _ = _cuda.HostFree(address);
    }

    /// <inheritdoc/>
    public IGpuQueue OpenQueue() => new CudaQueue(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        TryEnter();
        if (_module != 0)
        {
            _ = _cuda.ModuleUnload(_module);
            _module = 0;
        }

        _ = _cuda.PrimaryContextRelease(_device);
    }

    /// <summary>Makes the card the calling thread's: whatever thread a search uses.</summary>
    internal void Enter() => Check(_cuda.ContextSetCurrent(_context), "cuCtxSetCurrent");

    /// <summary>The same for giving back, where a failure is none.</summary>
    internal void TryEnter() => _ = _cuda.ContextSetCurrent(_context);

    /// <summary>A function of the kernel.</summary>
    internal nint Function(string name)
    {
        if (!_functions.TryGetValue(name, out nint function))
        {
            fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            {
                Check(_cuda.ModuleGetFunction(&function, _module, text), $"cuModuleGetFunction({name})");
            }

            _functions[name] = function;
        }

        return function;
    }

    /// <summary>Throws when a call failed.</summary>
    internal void Check(int result, string call)
    {
        if (result == OutOfMemory)
        {
            throw new GpuOutOfMemoryException(call);
        }

        if (result != 0)
        {
            throw KedgeException.Environment(
                $"the card {Name} failed at {call}: {Describe(_cuda, result)}; rows that are written are kept: go on with --resume, or with --resume --executor cpu"
            );
        }
    }

    private static string Describe(CudaLibrary cuda, int result)
    {
        byte* name = null;
        byte* text = null;
        string known =
            cuda.GetErrorName(result, &name) == 0 && name is not null ? Marshal.PtrToStringUTF8((nint)name)! : $"error {result}";
        return cuda.GetErrorString(result, &text) == 0 && text is not null
            ? $"{known} ({Marshal.PtrToStringUTF8((nint)text)})"
            : known;
    }
}
