using System.Reflection;
using Kedge.KernelCompiler.Tests.Constructs;

namespace Kedge.KernelCompiler.Tests;

/// <summary>What is not in the subset is refused with its method, its place and its reason.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(nameof(Forbidden.Divides), "Forbidden.Divides at IL_", "div: divides integers")]
    [InlineData(nameof(Forbidden.Remainder), "Forbidden.Remainder at IL_", "rem: divides integers")]
    [InlineData(nameof(Forbidden.FloatRemainder), "Forbidden.FloatRemainder at IL_", "library call")]
    [InlineData(nameof(Forbidden.ToInteger), "Forbidden.ToInteger at IL_", "converts a floating-point number to an integer")]
    [InlineData(nameof(Forbidden.Power), "Forbidden.Power at IL_", "calls System.Math.Pow(Double, Double)")]
    [InlineData(nameof(Forbidden.SinglePrecision), "Forbidden.SinglePrecision at IL_", "32-bit floating-point")]
    [InlineData(nameof(Forbidden.Checked), "Forbidden.Checked at IL_", "add.ovf: may throw")]
    [InlineData(nameof(Forbidden.Static), "Forbidden.Static at IL_", "uses a static field")]
    [InlineData(nameof(Forbidden.NewArray), "Forbidden.NewArray at IL_", "uses an array")]
    [InlineData(nameof(Forbidden.Boxes), "Forbidden.Boxes at IL_", "boxes a value")]
    [InlineData(nameof(Forbidden.Throws), "Forbidden.Throws at IL_", "InvalidOperationException")]
    [InlineData(nameof(Forbidden.Catches), "Forbidden.Catches", "has an exception handler")]
    [InlineData(nameof(Forbidden.Recurses), "Forbidden.Down", "calls itself (Down → Down)")]
    [InlineData(nameof(Forbidden.StackMemory), "Forbidden.StackMemory at IL_", "reserves stack memory")]
    [InlineData(nameof(Forbidden.Inherited), "Forbidden.Hash<UInt8> at IL_", "System.Object.GetHashCode")]
    public void Code_outside_the_subset_is_refused_with_its_place(string method, string where, string what)
    {
        MethodInfo planted = typeof(Forbidden).GetMethod(method)!;
        TranslationException refused = Assert.Throws<TranslationException>(() => Planted.Translate(Planted.Entry(planted)));
        Assert.Contains(where, refused.Message, StringComparison.Ordinal);
        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kedge.Kernel.Nothing.Run", "no assembly given has a type Kedge.Kernel.Nothing")]
    [InlineData("Kedge.Kernel.Arithmetic.Nothing", "has 0 methods of this name")]
    [InlineData("Kedge.Kernel.StateHash.Mix", "has 2 methods of this name")]
    [InlineData(
        "Kedge.Kernel.PortfolioStep.Run<Kedge.Kernel.Nothing,Kedge.Kernel.NoTrace>",
        "no assembly given has a type Kedge.Kernel.Nothing"
    )]
    [InlineData("Kedge.Kernel.Arithmetic.Max", "a grid entry point is a static method of one pointer and one long")]
    public void An_entry_point_that_is_not_there_or_is_no_grid_is_refused(string method, string what)
    {
        TranslationException refused = Assert.Throws<TranslationException>(() =>
            Planted.Translate(new EntryPoint("entry", method, true))
        );
        Assert.Contains(what, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generic_method_is_named_with_the_structs_it_is_closed_over()
    {
        const string Step = "Kedge.Kernel.PortfolioStep.Run<Kedge.Kernel.Fused.FusedWorld, Kedge.Kernel.NoTrace>";
        TranslatedKernel kernel = Planted.Translate(new EntryPoint("step", Step, false));
        Assert.Contains("void step(struct Kedge_Kernel_Perps_Account * a0", kernel.Text, StringComparison.Ordinal);
        Assert.Contains(kernel.Methods, m => m.Contains("ExitPhase.Run", StringComparison.Ordinal));
    }
}
