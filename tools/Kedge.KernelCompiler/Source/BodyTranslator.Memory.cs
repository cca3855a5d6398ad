using System.Reflection.Metadata;
using Kedge.KernelCompiler.Metadata;

namespace Kedge.KernelCompiler.Source;

/// <content>Fields and memory.</content>
internal sealed partial class BodyTranslator
{
    private void Operate(string name, string stem)
    {
        switch (stem)
        {
            case "ldfld":
            case "ldflda":
            case "stfld":
                Field(stem);
                return;
            case "ldobj":
                ReadFrom(TypeOperand());
                return;
            case "stobj":
                WriteTo(TypeOperand());
                return;
            case "cpobj":
                Operand from = Pop();
                Operand to = Pop();
                string copied = Spell(IlType.Pointer(TypeOperand()));
                Emit($"*({copied}){Address(to)} = *({copied}){Address(from)};");
                return;
            case "initobj":
                IlType cleared = TypeOperand();
                Emit($"__builtin_memset({Address(Pop())}, 0, sizeof({Spell(cleared)}));");
                return;
            case "ldind":
                ReadFrom(Indirect(name));
                return;
            case "stind":
                WriteTo(Indirect(name));
                return;
            case "sizeof":
                Push(Slot.Int32, $"(i32)sizeof({Spell(TypeOperand())})");
                return;
            case "conv":
                Convert(name);
                return;
            case "neg":
            case "not":
                Operand value = Pop();
                bool isFloat = value.Kind == SlotKind.Double;
                if (!value.IsInteger && !(isFloat && stem == "neg"))
                {
                    throw Fault($"takes {value.Slot}");
                }

                Push(value.Slot, isFloat ? $"-{value.Variable}" : Wrapped(value.Slot, stem == "not" ? "~" : "-", value));
                return;
            default:
                Arithmetic(name, stem);
                return;
        }
    }

    private static string Wrapped(Slot slot, string operation, Operand value) =>
        slot.Kind == SlotKind.Int32 ? $"(i32)({operation}(u32){value.Variable})" : $"(i64)({operation}(u64){value.Variable})";

    private void ReadFrom(IlType type)
    {
        Operand from = Pop();
        Load(type, $"*({Spell(IlType.Pointer(type))}){Address(from)}");
    }

    private void WriteTo(IlType type)
    {
        Operand value = Pop();
        Operand to = Pop();
        Emit($"*({Spell(IlType.Pointer(type))}){Address(to)} = {As(type, value)};");
    }

    private IlType Indirect(string name) =>
        name.Split('.')[1] switch
        {
            "i1" => IlType.Primitive(IlTypeKind.Int8),
            "u1" => IlType.Primitive(IlTypeKind.UInt8),
            "i2" => IlType.Primitive(IlTypeKind.Int16),
            "u2" => IlType.Primitive(IlTypeKind.UInt16),
            "i4" => IlType.Primitive(IlTypeKind.Int32),
            "u4" => IlType.Primitive(IlTypeKind.UInt32),
            "i8" => IlType.Primitive(IlTypeKind.Int64),
            "r8" => IlType.Primitive(IlTypeKind.Double),
            // Pointers and native integers: what is read is the same eight bytes.
            "i" => IlType.Pointer(IlType.Primitive(IlTypeKind.UInt8)),
            "r4" => throw Forbidden("moves a 32-bit floating-point number"),
            _ => throw Forbidden("moves a reference to an object"),
        };

    private void Field(string stem)
    {
        (IlType owner, string field, IlType type) = Member();
        string member = Structs.Field(owner, field);
        if (stem == "stfld")
        {
            Operand value = Pop();
            Operand to = Pop();
            Emit($"(({Spell(owner)} *){Address(to)})->{member} = {As(type, value)};");
            return;
        }

        Operand from = Pop();
        if (stem == "ldflda")
        {
            Push(Slot.Address, $"(u8 *)&(({Spell(owner)} *){Address(from)})->{member}");
        }
        else
        {
            Load(
                type,
                from.Kind == SlotKind.Struct ? $"{from.Variable}.{member}" : $"(({Spell(owner)} *){Address(from)})->{member}"
            );
        }
    }

    private (IlType Owner, string Field, IlType Type) Member()
    {
        MetadataReader metadata = method.Module.Metadata;
        if (Token.Kind == HandleKind.FieldDefinition)
        {
            FieldDefinition field = metadata.GetFieldDefinition((FieldDefinitionHandle)Token);
            IlType owner = method.Module.TypeOf(field.GetDeclaringType(), method.Context);
            return (
                Known(owner),
                metadata.GetString(field.Name),
                field.DecodeSignature(method.Module.Signatures, method.Context)
            );
        }

        MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)Token);
        IlType parent = method.Module.TypeOf(member.Parent, method.Context);
        return (
            Known(parent),
            metadata.GetString(member.Name),
            member.DecodeFieldSignature(method.Module.Signatures, new GenericContext(parent.Arguments, []))
        );
    }

    private IlType Known(IlType owner) =>
        owner.Kind == IlTypeKind.Struct
            ? owner
            : throw Forbidden($"uses a field of {owner}, which is no struct of the assemblies given");
}
