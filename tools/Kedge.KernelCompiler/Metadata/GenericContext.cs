using System.Collections.Immutable;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>What stands for the generic parameters of a type (<c>!0</c>) and of a method (<c>!!0</c>).</summary>
internal sealed record GenericContext(ImmutableArray<IlType> OfType, ImmutableArray<IlType> OfMethod)
{
    public static GenericContext None { get; } = new([], []);

    /// <summary>Method parameters that stand for themselves: for comparing signatures.</summary>
    public static GenericContext Open(ImmutableArray<IlType> ofType, int arity) =>
        new(ofType, [.. Enumerable.Range(0, arity).Select(IlType.Placeholder)]);
}
