using Kedge.KernelCompiler.Native;
using Kedge.KernelCompiler.Tests.Constructs;
using Kedge.KernelCompiler.Tests.Twin;

namespace Kedge.KernelCompiler.Tests.Ptx;

/// <summary>What the code for GPUs may hold.</summary>
public sealed class PtxGateTests
{
    [Theory]
    [InlineData("add.rn.f64 %fd1, %fd2, %fd3;")]
    [InlineData("@%p1 div.rn.f64 %fd1, %fd2, %fd3;")]
    [InlineData("sqrt.rn.f64 %fd1, %fd2; // fma.rn.f64 in a comment")]
    [InlineData("setp.geu.f64 %p1, %fd1, %fd2;")]
    [InlineData("ld.global.f64 %fd1, [%rd1+8];")]
    [InlineData("mad.lo.s32 %r1, %r2, %r3, %r4;")]
    [InlineData(".reg .f64 %fd<10>;")]
    public void Operations_that_round_once_pass(string line) => Assert.Empty(PtxGate.Check(line, []));

    [Theory]
    [InlineData("fma.rn.f64 %fd1, %fd2, %fd3, %fd4;")]
    [InlineData("add.f64 %fd1, %fd2, %fd3;")]
    [InlineData("mul.rz.f64 %fd1, %fd2, %fd3;")]
    [InlineData("@!%p2 div.full.f64 %fd1, %fd2, %fd3;")]
    [InlineData("sqrt.approx.ftz.f64 %fd1, %fd2;")]
    [InlineData("max.f64 %fd1, %fd2, %fd3;")]
    [InlineData("add.rn.f32 %f1, %f2, %f3;")]
    [InlineData("cvt.rzi.s64.f64 %rd1, %fd1;")]
    [InlineData(".extern .func pow")]
    public void Anything_else_is_named_with_its_line(string line)
    {
        string fault = Assert.Single(PtxGate.Check($"mov.f64 %fd1, %fd2;\n\t{line}", []));
        Assert.StartsWith("line 2: ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_function_that_is_no_kernel_of_the_file_is_named() =>
        Assert.Equal("walk is no kernel of it", Assert.Single(PtxGate.Check(".visible .func walk(\n", ["walk"])));

    [Fact]
    public void The_kernel_passes_the_gate()
    {
        KernelTwin.SkipWithout();
        string ptx = PtxBuild.Of(KernelTwin.Kernel);
        Assert.Empty(PtxGate.Check(ptx, KernelTwin.Kernel.Grids));
        Assert.Contains(".target sm_80", ptx, StringComparison.Ordinal);
        Assert.Contains(".entry kedge_walk(", ptx, StringComparison.Ordinal);
        foreach (string operation in new[] { "add.rn.f64", "sub.rn.f64", "mul.rn.f64", "div.rn.f64", "sqrt.rn.f64" })
        {
            Assert.Contains(operation, ptx, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_choice_against_zero_is_no_maximum_in_ptx()
    {
        KernelTwin.SkipWithout();
        string ptx = PtxBuild.Of(
            Planted.Translate(Planted.Entry(typeof(NumberConstructs).GetMethod(nameof(NumberConstructs.ChoicesOfZero))!))
        );
        Assert.DoesNotContain("max.f64", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain("min.f64", ptx, StringComparison.Ordinal);
    }
}
