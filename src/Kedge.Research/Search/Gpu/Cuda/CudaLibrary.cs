using System.Runtime.InteropServices;
using Kedge.Model;

namespace Kedge.Research.Search.Gpu.Cuda;

/// <summary>
/// The functions of the CUDA driver that are used, found in the driver's library when it is opened: the program starts, and runs everything else, on machines
/// that have none.
/// </summary>
internal sealed unsafe class CudaLibrary
{
    private readonly nint _handle;
    private readonly string _path;

    private CudaLibrary(string path, nint handle)
    {
        _path = path;
        _handle = handle;
        Init = (delegate* unmanaged<uint, int>)Find("cuInit");
        GetErrorName = (delegate* unmanaged<int, byte**, int>)Find("cuGetErrorName");
        GetErrorString = (delegate* unmanaged<int, byte**, int>)Find("cuGetErrorString");
        DeviceGetCount = (delegate* unmanaged<int*, int>)Find("cuDeviceGetCount");
        DeviceGet = (delegate* unmanaged<int*, int, int>)Find("cuDeviceGet");
        DeviceGetName = (delegate* unmanaged<byte*, int, int, int>)Find("cuDeviceGetName");
        DeviceGetAttribute = (delegate* unmanaged<int*, int, int, int>)Find("cuDeviceGetAttribute");
        PrimaryContextSetFlags = (delegate* unmanaged<int, uint, int>)Find("cuDevicePrimaryCtxSetFlags_v2");
        PrimaryContextRetain = (delegate* unmanaged<nint*, int, int>)Find("cuDevicePrimaryCtxRetain");
        PrimaryContextRelease = (delegate* unmanaged<int, int>)Find("cuDevicePrimaryCtxRelease_v2");
        ContextSetCurrent = (delegate* unmanaged<nint, int>)Find("cuCtxSetCurrent");
        ModuleLoad = (delegate* unmanaged<nint*, void*, uint, int*, void**, int>)Find("cuModuleLoadDataEx");
        ModuleUnload = (delegate* unmanaged<nint, int>)Find("cuModuleUnload");
        ModuleGetFunction = (delegate* unmanaged<nint*, nint, byte*, int>)Find("cuModuleGetFunction");
        MemoryGetInfo = (delegate* unmanaged<nuint*, nuint*, int>)Find("cuMemGetInfo_v2");
        MemoryAllocate = (delegate* unmanaged<ulong*, nuint, int>)Find("cuMemAlloc_v2");
        MemoryFree = (delegate* unmanaged<ulong, int>)Find("cuMemFree_v2");
        HostAllocate = (delegate* unmanaged<nint*, nuint, int>)Find("cuMemAllocHost_v2");
        HostFree = (delegate* unmanaged<nint, int>)Find("cuMemFreeHost");
        CopyToDevice = (delegate* unmanaged<ulong, void*, nuint, nint, int>)Find("cuMemcpyHtoDAsync_v2");
        CopyToHost = (delegate* unmanaged<void*, ulong, nuint, nint, int>)Find("cuMemcpyDtoHAsync_v2");
        SetBytes = (delegate* unmanaged<ulong, byte, nuint, nint, int>)Find("cuMemsetD8Async");
        StreamCreate = (delegate* unmanaged<nint*, uint, int>)Find("cuStreamCreate");
        StreamDestroy = (delegate* unmanaged<nint, int>)Find("cuStreamDestroy_v2");
        StreamSynchronize = (delegate* unmanaged<nint, int>)Find("cuStreamSynchronize");
        LaunchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Find(
            "cuLaunchKernel"
        );
    }

    public delegate* unmanaged<uint, int> Init { get; }

    public delegate* unmanaged<int, byte**, int> GetErrorName { get; }

    public delegate* unmanaged<int, byte**, int> GetErrorString { get; }

    public delegate* unmanaged<int*, int> DeviceGetCount { get; }

    public delegate* unmanaged<int*, int, int> DeviceGet { get; }

    public delegate* unmanaged<byte*, int, int, int> DeviceGetName { get; }

    public delegate* unmanaged<int*, int, int, int> DeviceGetAttribute { get; }

    public delegate* unmanaged<int, uint, int> PrimaryContextSetFlags { get; }

    public delegate* unmanaged<nint*, int, int> PrimaryContextRetain { get; }

    public delegate* unmanaged<int, int> PrimaryContextRelease { get; }

    public delegate* unmanaged<nint, int> ContextSetCurrent { get; }

    public delegate* unmanaged<nint*, void*, uint, int*, void**, int> ModuleLoad { get; }

    public delegate* unmanaged<nint, int> ModuleUnload { get; }

    public delegate* unmanaged<nint*, nint, byte*, int> ModuleGetFunction { get; }

    public delegate* unmanaged<nuint*, nuint*, int> MemoryGetInfo { get; }

    public delegate* unmanaged<ulong*, nuint, int> MemoryAllocate { get; }

    public delegate* unmanaged<ulong, int> MemoryFree { get; }

    public delegate* unmanaged<nint*, nuint, int> HostAllocate { get; }

    public delegate* unmanaged<nint, int> HostFree { get; }

    public delegate* unmanaged<ulong, void*, nuint, nint, int> CopyToDevice { get; }

    public delegate* unmanaged<void*, ulong, nuint, nint, int> CopyToHost { get; }

    public delegate* unmanaged<ulong, byte, nuint, nint, int> SetBytes { get; }

    public delegate* unmanaged<nint*, uint, int> StreamCreate { get; }

    public delegate* unmanaged<nint, int> StreamDestroy { get; }

    public delegate* unmanaged<nint, int> StreamSynchronize { get; }

    public delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> LaunchKernel { get; }

    /// <summary>Opens the driver's library. It stays open: drivers do not expect to be unloaded.</summary>
    /// <param name="named">Its path where a user gives one; null: the name under which systems have it.</param>
    /// <exception cref="KedgeException">It is not there, or is no CUDA driver (exit 4).</exception>
    public static CudaLibrary Open(string? named)
    {
        string path = named ?? (OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1");
        if (!NativeLibrary.TryLoad(path, out nint handle))
        {
            throw KedgeException.Environment(
                named is null
                    ? $"--executor gpu: there is no CUDA driver ({path}) on this machine; install the driver of an NVIDIA card, or use --executor cpu"
                    : $"--executor gpu: the CUDA driver '{named}', which {CudaDevice.DriverVariable} names, cannot be loaded; correct the path or unset the variable, or use --executor cpu"
            );
        }

        return new CudaLibrary(path, handle);
    }

    private nint Find(string name) =>
        NativeLibrary.TryGetExport(_handle, name, out nint address)
            ? address
            : throw KedgeException.Environment(
                $"--executor gpu: '{_path}' is no CUDA driver, or too old a one: it has no {name}; install a driver of CUDA 11 or newer, or use --executor cpu"
            );
}
