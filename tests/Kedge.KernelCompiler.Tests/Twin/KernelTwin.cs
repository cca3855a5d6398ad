using Kedge.KernelCompiler.Tests.Twin.Probes;

namespace Kedge.KernelCompiler.Tests.Twin;

/// <summary>The kernel's own entry points and the probes of these tests as one translation, compiled once.</summary>
internal static class KernelTwin
{
    public static TranslatedKernel Kernel { get; } =
        Planted.Translate([
            new EntryPoint("kedge_walk", "Kedge.Kernel.Fused.FusedWalk.Run", true),
            new EntryPoint("kedge_indicators", "Kedge.Kernel.Fused.FusedIndicators.Run", true),
            new EntryPoint("probe", $"{typeof(DecisionProbe)}.{nameof(DecisionProbe.Run)}", true),
        ]);

    private static readonly Lazy<TwinLibrary> Loaded = new(() => new TwinLibrary(Kernel.Text));

    public static TwinLibrary Library => Loaded.Value;

    public static void SkipWithout() => Assert.SkipWhen(TwinLibrary.WhyAbsent is not null, TwinLibrary.WhyAbsent ?? "");
}
