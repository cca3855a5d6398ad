using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>One field of a struct.</summary>
/// <param name="Name">Its name in metadata.</param>
/// <param name="Type">Its type; of a fixed buffer, the type of an element.</param>
/// <param name="Offset">Bytes from the start.</param>
/// <param name="Count">Elements of a fixed buffer; 0 for a plain field.</param>
internal sealed record FieldLayout(string Name, IlType Type, int Offset, int Count);

/// <summary>Where the fields of a struct lie: sequential, each at its own alignment, as the runtime lays out structs without references.</summary>
internal sealed record StructLayout(IlType Type, ImmutableArray<FieldLayout> Fields, int Size, int Alignment)
{
    private const string BufferField = "FixedElementField";

    public static StructLayout Of(IlType type)
    {
        IlModule module = type.Module!;
        TypeDefinition definition = module.Metadata.GetTypeDefinition(type.Definition);
        TypeLayout declared = definition.GetLayout();
        if ((definition.Attributes & TypeAttributes.LayoutMask) != TypeAttributes.SequentialLayout || declared.PackingSize > 1)
        {
            throw new TranslationException(type.Name, "its layout is not plain sequential, which the kernel subset asks for");
        }

        List<FieldLayout> fields = [];
        int offset = 0;
        int alignment = 1;
        foreach (FieldDefinition field in module.InstanceFields(type.Definition))
        {
            IlType fieldType = field.DecodeSignature(module.Signatures, new GenericContext(type.Arguments, []));
            string name = module.Metadata.GetString(field.Name);
            (int size, int align) = Measure(fieldType, $"{type}.{name}");
            offset = Up(offset, align);
            fields.Add(new FieldLayout(name, fieldType, offset, 0));
            offset += size;
            alignment = Math.Max(alignment, align);
        }

        int total = Math.Max(Up(offset, alignment), 1);
        if (fields is [{ Name: BufferField } element] && declared.Size > total && declared.Size % total == 0)
        {
            return new StructLayout(type, [element with { Count = declared.Size / total }], declared.Size, alignment);
        }

        return declared.Size <= total
            ? new StructLayout(type, [.. fields], total, alignment)
            : throw new TranslationException(type.Name, $"its size is set to {declared.Size}, its fields need {total}");
    }

    private static (int Size, int Alignment) Measure(IlType type, string where) =>
        type.Kind switch
        {
            IlTypeKind.Int8 or IlTypeKind.UInt8 => (1, 1),
            IlTypeKind.Int16 or IlTypeKind.UInt16 => (2, 2),
            IlTypeKind.Int32 or IlTypeKind.UInt32 => (4, 4),
            IlTypeKind.Int64
            or IlTypeKind.UInt64
            or IlTypeKind.NativeInt
            or IlTypeKind.NativeUInt
            or IlTypeKind.Double
            or IlTypeKind.Pointer => (8, 8),
            IlTypeKind.Struct when Of(type) is var layout => (layout.Size, layout.Alignment),
            _ => throw new TranslationException(where, $"is a {type}, which is outside the kernel subset"),
        };

    private static int Up(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
