using System.Reflection;
using Kedge.Model;

namespace Kedge.Research.Search.Gpu;

/// <summary>The kernel as code for a card: translated when Kedge was built, where clang and llc were found.</summary>
public static class GpuKernel
{
    /// <summary>One configuration over one market; see <see cref="Kernel.Fused.FusedWalk"/>.</summary>
    public const string Walk = "kedge_walk";

    /// <summary>One column of snapshots; see <see cref="Kernel.Fused.FusedIndicators"/>.</summary>
    public const string Indicators = "kedge_indicators";

    private const string Resource = "kernel.ptx";

    /// <summary>The PTX this build carries.</summary>
    /// <exception cref="KedgeException">It carries none (exit 4).</exception>
    public static byte[] Ptx() => Ptx(typeof(GpuKernel).Assembly);

    /// <summary>The PTX that an assembly carries.</summary>
    internal static byte[] Ptx(Assembly assembly)
    {
        using Stream stream =
            assembly.GetManifestResourceStream(Resource)
            ?? throw KedgeException.Environment(
                "--executor gpu: this build of kedge carries no code for GPUs; build it where clang and llc are found (Debian: apt-get install clang llvm), or use --executor cpu"
            );
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
