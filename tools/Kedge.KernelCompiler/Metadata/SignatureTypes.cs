using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>Turns the blobs of one module's signatures into types.</summary>
internal sealed class SignatureTypes(IlModule module, TypeSystem system) : ISignatureTypeProvider<IlType, GenericContext>
{
    public IlType GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        typeCode switch
        {
            PrimitiveTypeCode.Void => IlType.Primitive(IlTypeKind.Void),
            PrimitiveTypeCode.Boolean or PrimitiveTypeCode.Byte => IlType.Primitive(IlTypeKind.UInt8),
            PrimitiveTypeCode.SByte => IlType.Primitive(IlTypeKind.Int8),
            PrimitiveTypeCode.Int16 => IlType.Primitive(IlTypeKind.Int16),
            PrimitiveTypeCode.UInt16 or PrimitiveTypeCode.Char => IlType.Primitive(IlTypeKind.UInt16),
            PrimitiveTypeCode.Int32 => IlType.Primitive(IlTypeKind.Int32),
            PrimitiveTypeCode.UInt32 => IlType.Primitive(IlTypeKind.UInt32),
            PrimitiveTypeCode.Int64 => IlType.Primitive(IlTypeKind.Int64),
            PrimitiveTypeCode.UInt64 => IlType.Primitive(IlTypeKind.UInt64),
            PrimitiveTypeCode.IntPtr => IlType.Primitive(IlTypeKind.NativeInt),
            PrimitiveTypeCode.UIntPtr => IlType.Primitive(IlTypeKind.NativeUInt),
            PrimitiveTypeCode.Double => IlType.Primitive(IlTypeKind.Double),
            _ => IlType.Outside(typeCode.ToString()),
        };

    public IlType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        system.Define(module, handle, []);

    public IlType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        system.Find(NameOf(handle)) ?? IlType.Outside(NameOf(handle));

    public IlType GetTypeFromSpecification(
        MetadataReader reader,
        GenericContext genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind
    ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public IlType GetGenericInstantiation(IlType genericType, ImmutableArray<IlType> typeArguments) =>
        genericType.Module is { } home
            ? system.Define(home, genericType.Definition, typeArguments)
            : IlType.Outside($"{genericType}<{string.Join(",", typeArguments)}>");

    public IlType GetPointerType(IlType elementType) => IlType.Pointer(elementType);

    public IlType GetByReferenceType(IlType elementType) => IlType.Pointer(elementType);

    public IlType GetPinnedType(IlType elementType) => elementType;

    public IlType GetModifiedType(IlType modifier, IlType unmodifiedType, bool isRequired) => unmodifiedType;

    public IlType GetGenericTypeParameter(GenericContext genericContext, int index) =>
        index < genericContext.OfType.Length ? genericContext.OfType[index] : IlType.Outside($"!{index}");

    public IlType GetGenericMethodParameter(GenericContext genericContext, int index) =>
        index < genericContext.OfMethod.Length ? genericContext.OfMethod[index] : IlType.Placeholder(index);

    public IlType GetSZArrayType(IlType elementType) => IlType.Outside($"{elementType}[]");

    public IlType GetArrayType(IlType elementType, ArrayShape shape) => IlType.Outside($"{elementType}[,]");

    public IlType GetFunctionPointerType(MethodSignature<IlType> signature) => IlType.Outside("a function pointer");

    private string NameOf(TypeReferenceHandle handle)
    {
        TypeReference type = module.Metadata.GetTypeReference(handle);
        string name = module.Metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{NameOf((TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{module.Metadata.GetString(type.Namespace)}.{name}";
    }
}
