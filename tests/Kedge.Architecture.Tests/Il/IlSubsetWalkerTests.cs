using System.Reflection;

namespace Kedge.Architecture.Tests.Il;

/// <summary>The walker finds each forbidden thing where it was planted, and nothing where there is nothing.</summary>
public sealed class IlSubsetWalkerTests
{
    [Theory]
    [InlineData(nameof(Planted.NewObject), IlRule.ReferenceObject)]
    [InlineData(nameof(Planted.NewArray), IlRule.Array)]
    [InlineData(nameof(Planted.Boxes), IlRule.Box)]
    [InlineData(nameof(Planted.Text), IlRule.Text)]
    [InlineData(nameof(Planted.Throws), IlRule.Exception)]
    [InlineData(nameof(Planted.Catches), IlRule.Exception)]
    [InlineData(nameof(Planted.Checked), IlRule.Exception)]
    [InlineData(nameof(Planted.ReadsArray), IlRule.Array)]
    [InlineData(nameof(Planted.WritesArray), IlRule.Array)]
    [InlineData(nameof(Planted.Length), IlRule.Array)]
    [InlineData(nameof(Planted.Casts), IlRule.Cast)]
    [InlineData(nameof(Planted.HardCast), IlRule.Cast)]
    [InlineData(nameof(Planted.CallsVirtual), IlRule.VirtualCall)]
    [InlineData(nameof(Planted.Delegates), IlRule.FunctionPointer)]
    [InlineData(nameof(Planted.FunctionPointer), IlRule.FunctionPointer)]
    [InlineData(nameof(Planted.Counter), IlRule.StaticField)]
    [InlineData(nameof(Planted.Table), IlRule.StaticField)]
    [InlineData(nameof(Planted.DividesIntegers), IlRule.IntegerDivision)]
    [InlineData(nameof(Planted.DividesUnsigned), IlRule.IntegerDivision)]
    [InlineData(nameof(Planted.DividesInBranches), IlRule.IntegerDivision)]
    [InlineData(nameof(Planted.Remainder), IlRule.IntegerDivision)]
    [InlineData(nameof(Planted.FloatRemainder), IlRule.Instruction)]
    [InlineData(nameof(Planted.Stack), IlRule.Instruction)]
    [InlineData(nameof(Planted.ToInteger), IlRule.FloatToInteger)]
    [InlineData(nameof(Planted.ToUnsigned), IlRule.FloatToInteger)]
    [InlineData(nameof(Planted.Power), IlRule.OutsideCall)]
    [InlineData(nameof(Planted.LibraryMax), IlRule.OutsideCall)]
    [InlineData(nameof(Planted.Deep), IlRule.OutsideCall)]
    [InlineData(nameof(Planted.Switches), IlRule.OutsideCall)]
    [InlineData(nameof(Planted.Money), IlRule.OutsideType)]
    [InlineData(nameof(Planted.Spans), IlRule.OutsideType)]
    [InlineData(nameof(Planted.Recurses), IlRule.Recursion)]
    public void What_the_subset_forbids_is_found(string method, IlRule rule)
    {
        IReadOnlyList<IlViolation> found = CheckPlanted(Method(method));
        Assert.Contains(found, violation => violation.Rule == rule);
    }

    [Theory]
    [InlineData(nameof(Planted.Clean))]
    [InlineData(nameof(Planted.CleanSwitch))]
    [InlineData(nameof(Planted.CleanIntegers))]
    public void What_the_subset_allows_passes(string method) => Assert.Empty(CheckPlanted(Method(method)));

    [Fact]
    public void A_planted_method_is_outside_the_kernel_by_default() =>
        Assert.Contains(
            IlSubsetWalker.Check(Method(nameof(Planted.Deep))),
            violation => violation.Rule == IlRule.OutsideCall && violation.Detail.Contains("Middle", StringComparison.Ordinal)
        );

    [Fact]
    public void A_constrained_call_is_followed_into_the_struct_it_will_run_in()
    {
        MethodInfo open = Method(nameof(Planted.ThroughGeneric));
        Assert.Empty(CheckPlanted(open.MakeGenericMethod(typeof(Planted.GoodRule))));
        IlViolation found = Assert.Single(CheckPlanted(open.MakeGenericMethod(typeof(Planted.BadRule))));
        Assert.Equal(IlRule.OutsideCall, found.Rule);
        Assert.Contains(nameof(Math.Exp), found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_virtual_method_that_a_struct_does_not_override_is_found()
    {
        MethodInfo method = Method(nameof(Planted.ThroughObject)).MakeGenericMethod(typeof(Planted.GoodRule));
        Assert.Contains(CheckPlanted(method), violation => violation.Rule == IlRule.VirtualCall);
    }

    [Fact]
    public void An_open_generic_method_is_refused() =>
        Assert.Throws<ArgumentException>(() => IlSubsetWalker.Check(Method(nameof(Planted.ThroughGeneric))));

    private static MethodInfo Method(string name) => typeof(Planted).GetMethod(name)!;

    private static IReadOnlyList<IlViolation> CheckPlanted(MethodInfo method) =>
        IlSubsetWalker.Check(method, typeof(Planted).Assembly);
}
