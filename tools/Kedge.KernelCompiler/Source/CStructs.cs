using System.Collections.Immutable;
using System.Text;
using Kedge.KernelCompiler.Metadata;

namespace Kedge.KernelCompiler.Source;

/// <summary>The structs a translation uses, each after those it is made of.</summary>
internal sealed class CStructs
{
    private readonly CNames _names = new();
    private readonly Dictionary<IlType, string> _name = [];
    private readonly Dictionary<IlType, StructLayout> _layout = [];
    private readonly Dictionary<IlType, Dictionary<string, string>> _fields = [];
    private readonly List<IlType> _order = [];
    private readonly Queue<IlType> _named = new();

    /// <summary>Layouts in the order they are written.</summary>
    public ImmutableArray<StructLayout> Layouts => [.. _order.Select(type => _layout[type])];

    /// <summary>A type as C spells it.</summary>
    /// <exception cref="TranslationException">It is none of the subset's types.</exception>
    public string Spell(IlType type, string where) =>
        type.Kind switch
        {
            IlTypeKind.Void => "void",
            IlTypeKind.Int8 => "i8",
            IlTypeKind.UInt8 => "u8",
            IlTypeKind.Int16 => "i16",
            IlTypeKind.UInt16 => "u16",
            IlTypeKind.Int32 => "i32",
            IlTypeKind.UInt32 => "u32",
            IlTypeKind.Int64 or IlTypeKind.NativeInt => "i64",
            IlTypeKind.UInt64 or IlTypeKind.NativeUInt => "u64",
            IlTypeKind.Double => "f64",
            IlTypeKind.Pointer => Spell(type.Element!, where) + " *",
            IlTypeKind.Struct => "struct " + Name(type),
            _ => throw new TranslationException(where, $"uses {type}, which is outside the kernel subset"),
        };

    /// <summary>The C name of a field.</summary>
    public string Field(IlType type, string field)
    {
        Name(type);
        Complete();
        return _fields[type][field];
    }

    /// <summary>Writes all structs with assertions of every size and offset.</summary>
    public void Write(StringBuilder output)
    {
        Complete();
        foreach (StructLayout layout in Layouts)
        {
            string name = _name[layout.Type];
            output.Append($"/* {layout.Type} */\nstruct {name}\n{{\n");
            foreach (FieldLayout field in layout.Fields)
            {
                string count = field.Count > 0 ? $"[{field.Count}]" : "";
                output.Append($"    {Spell(field.Type, layout.Type.Name)} {_fields[layout.Type][field.Name]}{count};\n");
            }

            output.Append(layout.Fields.IsEmpty ? "    u8 nothing;\n" : "").Append("};\n");
            output.Append($"_Static_assert(sizeof(struct {name}) == {layout.Size}, \"size of {layout.Type}\");\n");
            foreach (FieldLayout field in layout.Fields)
            {
                string member = _fields[layout.Type][field.Name];
                output.Append(
                    $"_Static_assert(__builtin_offsetof(struct {name}, {member}) == {field.Offset}, \"{layout.Type}.{field.Name}\");\n"
                );
            }

            output.Append('\n');
        }
    }

    /// <summary>Works out the layout of every struct named so far, and of all they are made of or point at.</summary>
    public void Complete()
    {
        while (_named.TryDequeue(out IlType? next))
        {
            Define(next);
        }
    }

    private string Name(IlType type)
    {
        if (!_name.TryGetValue(type, out string? name))
        {
            name = _names.Make(type.Name);
            _name[type] = name;
            _named.Enqueue(type);
        }

        return name;
    }

    private void Define(IlType type)
    {
        Name(type);
        if (_layout.ContainsKey(type))
        {
            return;
        }

        StructLayout layout = StructLayout.Of(type);
        _layout[type] = layout;
        CNames names = new();
        _fields[type] = layout.Fields.ToDictionary(field => field.Name, field => names.Make(field.Name), StringComparer.Ordinal);
        foreach (FieldLayout field in layout.Fields)
        {
            Spell(field.Type, $"{type}.{field.Name}");
            if (field.Type.Kind == IlTypeKind.Struct)
            {
                Define(field.Type);
            }
        }

        _order.Add(type);
    }
}
