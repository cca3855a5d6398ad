using System.Runtime.Intrinsics.X86;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.Research.Tests.Replay;

namespace Kedge.KernelCompiler.Tests;

/// <summary>Why contraction is off: one rounding fewer, and runs differ.</summary>
public sealed class ContractionTests
{
    [Fact]
    public void With_fused_operations_allowed_the_comparison_fails()
    {
        KernelTwin.SkipWithout();
        Assert.SkipUnless(Fma.IsSupported, "this processor has no fused multiply-add of x86");
        string text = KernelTwin.Kernel.Text.Replace("#pragma STDC FP_CONTRACT OFF", "", StringComparison.Ordinal);
        using TwinLibrary fused = new(text, "-ffp-contract=fast", "-mfma");
        WalkComparison comparison = new(fused);
        int differ = Enumerable
            .Range(0, 20)
            .Count(seed =>
            {
                ReplayCase made = RandomCases.Make((ulong)seed) with { InitState = null };
                return comparison.Difference(made, made.Run()) is not null;
            });
        Assert.True(differ >= 10, $"{differ} of 20 runs differ");
    }
}
