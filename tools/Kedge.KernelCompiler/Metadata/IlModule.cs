using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>One assembly file, read as data: none of its code runs.</summary>
internal sealed class IlModule : IDisposable
{
    private readonly PEReader _file;
    private readonly Dictionary<string, TypeDefinitionHandle> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<TypeDefinitionHandle, string> _names = [];

    public IlModule(string path, TypeSystem system)
    {
        _file = new PEReader(new MemoryStream(File.ReadAllBytes(path)));
        Metadata = _file.GetMetadataReader();
        Signatures = new SignatureTypes(this, system);
        foreach (TypeDefinitionHandle handle in Metadata.TypeDefinitions)
        {
            string name = BuildName(handle);
            _names[handle] = name;
            _types.TryAdd(name, handle);
        }
    }

    public MetadataReader Metadata { get; }

    public SignatureTypes Signatures { get; }

    /// <summary>Namespace, enclosing types and name, joined by <c>.</c> and <c>+</c>.</summary>
    public string FullName(TypeDefinitionHandle handle) => _names[handle];

    public bool TryFind(string fullName, out TypeDefinitionHandle handle) => _types.TryGetValue(fullName, out handle);

    public MethodBodyBlock? Body(MethodDefinition method) =>
        method.RelativeVirtualAddress == 0 ? null : _file.GetMethodBody(method.RelativeVirtualAddress);

    public IlType TypeOf(EntityHandle handle, GenericContext context) =>
        handle.Kind switch
        {
            HandleKind.TypeDefinition => Signatures.GetTypeFromDefinition(Metadata, (TypeDefinitionHandle)handle, 0),
            HandleKind.TypeReference => Signatures.GetTypeFromReference(Metadata, (TypeReferenceHandle)handle, 0),
            HandleKind.TypeSpecification => Metadata
                .GetTypeSpecification((TypeSpecificationHandle)handle)
                .DecodeSignature(Signatures, context),
            _ => IlType.Outside(handle.Kind.ToString()),
        };

    /// <summary>Fields that are part of a value, in the order of the source.</summary>
    public IEnumerable<FieldDefinition> InstanceFields(TypeDefinitionHandle type) =>
        Metadata
            .GetTypeDefinition(type)
            .GetFields()
            .Select(Metadata.GetFieldDefinition)
            .Where(field => !field.Attributes.HasFlag(System.Reflection.FieldAttributes.Static));

    public ImmutableArray<MethodDefinitionHandle> Methods(TypeDefinitionHandle type) =>
        [.. Metadata.GetTypeDefinition(type).GetMethods()];

    public void Dispose() => _file.Dispose();

    private string BuildName(TypeDefinitionHandle handle)
    {
        TypeDefinition type = Metadata.GetTypeDefinition(handle);
        string name = Metadata.GetString(type.Name);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        return !outer.IsNil ? $"{BuildName(outer)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{Metadata.GetString(type.Namespace)}.{name}";
    }
}
