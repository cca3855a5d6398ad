using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>A closed type. Two are equal when their names are.</summary>
internal sealed class IlType : IEquatable<IlType>
{
    private IlType(IlTypeKind kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    public IlTypeKind Kind { get; }

    /// <summary>Full name with its arguments: unique among the modules read.</summary>
    public string Name { get; }

    /// <summary>What a pointer or reference points at.</summary>
    public IlType? Element { get; private init; }

    /// <summary>Where a struct or class is defined.</summary>
    public IlModule? Module { get; private init; }

    public TypeDefinitionHandle Definition { get; private init; }

    public ImmutableArray<IlType> Arguments { get; private init; } = [];

    public bool IsInteger => Kind is >= IlTypeKind.Int8 and <= IlTypeKind.NativeUInt;

    public static IlType Primitive(IlTypeKind kind) => new(kind, kind.ToString());

    public static IlType Outside(string name) => new(IlTypeKind.Outside, name);

    public static IlType Placeholder(int index) => new(IlTypeKind.Placeholder, $"!!{index}");

    /// <summary>A pointer, or a reference: both are addresses here.</summary>
    public static IlType Pointer(IlType element) => new(IlTypeKind.Pointer, element.Name + "*") { Element = element };

    public static IlType Defined(
        IlTypeKind kind,
        IlModule module,
        TypeDefinitionHandle definition,
        ImmutableArray<IlType> arguments
    )
    {
        string name = module.FullName(definition);
        return new IlType(kind, arguments.IsEmpty ? name : $"{name}<{string.Join(",", arguments)}>")
        {
            Module = module,
            Definition = definition,
            Arguments = arguments,
        };
    }

    public bool Equals(IlType? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as IlType);

    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);

    public override string ToString() => Name;
}
