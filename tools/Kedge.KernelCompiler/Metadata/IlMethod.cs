using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>A closed method: its definition with all generic parameters filled in.</summary>
internal sealed class IlMethod : IEquatable<IlMethod>
{
    private readonly MethodDefinition _definition;

    public IlMethod(IlType owner, MethodDefinitionHandle handle, ImmutableArray<IlType> arguments)
    {
        Owner = owner;
        Handle = handle;
        Arguments = arguments;
        Module = owner.Module!;
        _definition = Module.Metadata.GetMethodDefinition(handle);
        Context = new GenericContext(owner.Arguments, arguments);
        Signature = _definition.DecodeSignature(Module.Signatures, Context);
        Name = Module.Metadata.GetString(_definition.Name);
        FullName = $"{owner}.{Name}" + (arguments.IsEmpty ? "" : $"<{string.Join(", ", arguments)}>");
        Key = $"{FullName}({string.Join(", ", Signature.ParameterTypes)})";
    }

    public IlType Owner { get; }

    public MethodDefinitionHandle Handle { get; }

    public ImmutableArray<IlType> Arguments { get; }

    public IlModule Module { get; }

    public GenericContext Context { get; }

    public MethodSignature<IlType> Signature { get; }

    public string Name { get; }

    /// <summary>Type, name and generic arguments.</summary>
    public string FullName { get; }

    /// <summary>Full name with parameter types: unique.</summary>
    public string Key { get; }

    public bool IsStatic => _definition.Attributes.HasFlag(MethodAttributes.Static);

    /// <summary>Parameter types, with the address of the struct first for an instance method.</summary>
    public ImmutableArray<IlType> Parameters =>
        IsStatic ? Signature.ParameterTypes : Signature.ParameterTypes.Insert(0, IlType.Pointer(Owner));

    public MethodBodyBlock? Body => Module.Body(_definition);

    /// <summary>Local variables, types only.</summary>
    public ImmutableArray<IlType> Locals(MethodBodyBlock body) =>
        body.LocalSignature.IsNil
            ? []
            : Module.Metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Module.Signatures, Context);

    public bool Equals(IlMethod? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as IlMethod);

    public override int GetHashCode() => string.GetHashCode(Key, StringComparison.Ordinal);

    public override string ToString() => FullName;
}
