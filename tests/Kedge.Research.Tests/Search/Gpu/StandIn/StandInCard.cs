using System.Runtime.InteropServices;
using System.Text;
using Kedge.Kernel;
using Kedge.KernelCompiler;
using Kedge.KernelCompiler.Native;

namespace Kedge.Research.Tests.Search.Gpu.StandIn;

/// <summary>
/// A CUDA driver with a card of its own, as a library of this machine: the kernel translated to C, compiled for the processor, behind the functions of the driver
/// (standin.c). Each one is a library of its own, with its own memory and its own troubles.
/// </summary>
internal sealed unsafe class StandInCard : IDisposable
{
    private const long Usual = 10L << 20;

    private static readonly Lazy<string> Text = new(() =>
        KernelTranslator
            .Translate(
                [typeof(PortfolioStep).Assembly.Location],
                [
                    new EntryPoint("kedge_walk", "Kedge.Kernel.Fused.FusedWalk.Run", true),
                    new EntryPoint("kedge_indicators", "Kedge.Kernel.Fused.FusedIndicators.Run", true),
                ]
            )
            .Text
    );

    private static readonly Lazy<byte[]> Library = new(() => Build(Text.Value));

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-card").FullName;
    private readonly nint _handle;

    /// <summary>A card.</summary>
    /// <param name="change">Changes the C file; null: as it was translated.</param>
    public StandInCard(Func<string, string>? change = null)
    {
        Driver = Path.Combine(_folder, "libcuda.so.1");
        File.WriteAllBytes(Driver, change is null ? Library.Value : Build(change(Text.Value)));
        _handle = NativeLibrary.Load(Driver);
        With();
    }

    /// <summary>Path of the driver.</summary>
    public string Driver { get; }

    /// <summary>What was taken from the card and not given back.</summary>
    public long Live => ((delegate* unmanaged<long>)NativeLibrary.GetExport(_handle, "standin_live"))();

    /// <summary>Skips a test where the card cannot be built.</summary>
    public static void SkipWithout()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the stand-in for a CUDA driver is a library of Linux");
        Assert.SkipWhen(Toolchain.Find() is null, Toolchain.HowToInstall);
    }

    /// <summary>How the card behaves, before it is opened.</summary>
    /// <param name="memory">Bytes of memory.</param>
    /// <param name="devices">Cards there are.</param>
    /// <param name="major">First number of its compute capability.</param>
    /// <param name="call">A function that fails.</param>
    /// <param name="nth">The call of it that fails, from 1.</param>
    /// <param name="code">What it answers then.</param>
    public StandInCard With(long memory = Usual, int devices = 1, int major = 9, string call = "", long nth = 0, int code = 0)
    {
        nint set = NativeLibrary.GetExport(_handle, "standin_set");
        fixed (byte* name = Encoding.UTF8.GetBytes(call + '\0'))
        {
            ((delegate* unmanaged<long, int, int, byte*, long, int, void>)set)(memory, devices, major, name, nth, code);
        }

        return this;
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static byte[] Build(string kernel)
    {
        string folder = Directory.CreateTempSubdirectory("kedge-card").FullName;
        try
        {
            string source = Path.Combine(folder, "card.c");
            string library = Path.Combine(folder, "card.so");
            using StreamReader driver = new(typeof(StandInCard).Assembly.GetManifestResourceStream("standin.c")!);
            File.WriteAllText(source, kernel + driver.ReadToEnd());
            Toolchain.Find()!.BuildLibrary(source, library, "-O1");
            return File.ReadAllBytes(library);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
