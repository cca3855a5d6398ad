using System.Reflection;
using Kedge.Architecture.Tests.Il;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.MeiAlpha;

namespace Kedge.Architecture.Tests;

/// <summary>
/// The kernel is translated from its IL to other machines, so it may use only what docs/concepts/kernel-subset.md allows.
/// </summary>
public sealed class KernelSubsetTests
{
    [Fact]
    public void Every_public_function_of_the_kernel_keeps_to_the_subset()
    {
        IlSubsetWalker walker = new();
        foreach (MethodInfo method in PublicFunctions())
        {
            walker.Walk(method.IsGenericMethodDefinition ? Close(method, typeof(NoTrace)) : method);
        }

        IReadOnlyList<IlViolation> found = walker.Walk(Next());
        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.True(walker.Visited.Count > 80, $"Only {walker.Visited.Count} methods were walked.");
    }

    [Fact]
    public void The_walk_reaches_the_indicators_through_the_bank()
    {
        IlSubsetWalker walker = new();
        Assert.Empty(walker.Walk(Next()));
        Assert.Contains(walker.Visited, method => method.DeclaringType == typeof(Ring));
        Assert.Contains(walker.Visited, method => method.DeclaringType == typeof(StochRsi));
    }

    [Fact]
    public void The_walk_stops_at_a_trace_that_lives_outside_the_kernel()
    {
        IlSubsetWalker walker = new();
        MethodInfo gates = typeof(Gates).GetMethod(nameof(Gates.Evaluate))!;
        Assert.Empty(walker.Walk(Close(gates, typeof(Planted.Recorder))));
        Assert.Contains(walker.Seams, method => method.DeclaringType == typeof(Planted.Recorder));
        Assert.DoesNotContain(walker.Visited, method => method.DeclaringType == typeof(Planted.Recorder));
    }

    [Fact]
    public void Structs_of_the_kernel_hold_no_references_and_keep_their_fields_in_order()
    {
        List<string> wrong = [];
        foreach (Type type in typeof(IWorld).Assembly.GetTypes().Where(type => type is { IsValueType: true, IsEnum: false }))
        {
            if (!type.IsLayoutSequential)
            {
                wrong.Add($"{type}: layout is not sequential");
            }

            const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
            wrong.AddRange(
                type.GetFields(Instance)
                    .Where(field => !field.FieldType.IsValueType && !field.FieldType.IsPointer)
                    .Select(field => $"{type}.{field.Name} is a reference")
            );
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static MethodInfo Next() => typeof(IndicatorBank).GetMethod(nameof(IndicatorBank.Next))!;

    private static IEnumerable<MethodInfo> PublicFunctions() =>
        typeof(IWorld)
            .Assembly.GetExportedTypes()
            .Where(type => !type.IsInterface && !type.IsEnum && !type.IsGenericTypeDefinition)
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            );

    /// <summary>Fills in the trace, and a world where the function needs one.</summary>
    private static MethodInfo Close(MethodInfo method, Type trace) =>
        method.MakeGenericMethod([
            .. method
                .GetGenericArguments()
                .Select(argument =>
                    argument.GetGenericParameterConstraints().Contains(typeof(IWorld)) ? typeof(TestWorld) : trace
                ),
        ]);
}
