using System.Collections.Immutable;

namespace Kedge.KernelCompiler;

/// <summary>A translation.</summary>
/// <param name="Text">The C file.</param>
/// <param name="Grids">Names of the exported functions that run over a grid.</param>
/// <param name="Methods">Every method translated, with its parameter types.</param>
/// <param name="Structs">Every struct, with the layout the C file asserts.</param>
public sealed record TranslatedKernel(
    string Text,
    ImmutableArray<string> Grids,
    ImmutableArray<string> Methods,
    ImmutableArray<TranslatedStruct> Structs
);
