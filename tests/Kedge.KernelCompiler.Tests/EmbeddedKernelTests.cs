using Kedge.KernelCompiler.Tests.Ptx;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.Research.Replay;

namespace Kedge.KernelCompiler.Tests;

/// <summary>What the build puts into the product.</summary>
public sealed class EmbeddedKernelTests
{
    [Fact]
    public void The_product_carries_the_ptx_of_the_kernel_it_is_built_with()
    {
        KernelTwin.SkipWithout();
        using Stream? embedded = typeof(ReplayEngine).Assembly.GetManifestResourceStream("kernel.ptx");
        Assert.True(embedded is not null, "Kedge.Research was built where clang and llc were not found; build it again");
        TranslatedKernel kernel = KernelTranslator.Translate(
            [typeof(Kernel.PortfolioStep).Assembly.Location],
            [
                new EntryPoint("kedge_walk", "Kedge.Kernel.Fused.FusedWalk.Run", true),
                new EntryPoint("kedge_indicators", "Kedge.Kernel.Fused.FusedIndicators.Run", true),
            ]
        );
        using StreamReader reader = new(embedded);
        string carried = reader.ReadToEnd();
        string expected = PtxBuild.Of(kernel);
        string builtWith = carried.Split('\n')[0];
        Assert.SkipUnless(
            builtWith == expected.Split('\n')[0],
            $"the product was built with another compiler than is found now: {builtWith}"
        );
        Assert.Equal(expected, carried);
    }
}
