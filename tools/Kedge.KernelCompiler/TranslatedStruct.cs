using System.Collections.Immutable;

namespace Kedge.KernelCompiler;

/// <summary>Layout of a struct as C has it.</summary>
/// <param name="Name">Full name of the C# type.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Fields">Its fields in order.</param>
public sealed record TranslatedStruct(string Name, int Size, ImmutableArray<TranslatedField> Fields);
