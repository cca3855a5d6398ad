using System.Runtime.InteropServices;
using Kedge.KernelCompiler.Native;

namespace Kedge.KernelCompiler.Tests.Twin;

/// <summary>A translation compiled for this machine and loaded.</summary>
internal sealed unsafe class TwinLibrary : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-twin").FullName;
    private readonly nint _handle;

    public TwinLibrary(string text, params string[] extra)
    {
        string source = Path.Combine(_folder, "twin.c");
        string library = Path.Combine(_folder, "twin.so");
        File.WriteAllText(source, text);
        Toolchain.Find()!.BuildLibrary(source, library, extra);
        _handle = NativeLibrary.Load(library);
    }

    /// <summary>Why there is no twin on this machine; null when there is one.</summary>
    public static string? WhyAbsent { get; } = Toolchain.Find() is null ? Toolchain.HowToInstall : null;

    /// <summary>Runs a grid function over a number of elements.</summary>
    public void Run<T>(string name, T* work, long count)
        where T : unmanaged => ((delegate* unmanaged<T*, long, void>)NativeLibrary.GetExport(_handle, name))(work, count);

    public void Dispose()
    {
        NativeLibrary.Free(_handle);
        Directory.Delete(_folder, true);
    }
}
