using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;
using Kedge.KernelCompiler.Il;
using Kedge.KernelCompiler.Metadata;

namespace Kedge.KernelCompiler.Source;

/// <summary>
/// Translates one body. Every slot of the evaluation stack is a C variable, one for each type that stands in it; every instruction is one
/// statement in the order of the IL, so that no operation is moved or joined here.
/// </summary>
internal sealed partial class BodyTranslator(Translation unit, IlMethod method)
{
    private readonly Dictionary<int, Slot[]> _atTarget = [];
    private readonly HashSet<int> _targets = [];
    private readonly List<Slot> _stack = [];
    private readonly Dictionary<string, string> _variables = [];
    private readonly StringBuilder _code = new();
    private ImmutableArray<IlType> _locals = [];
    private IlInstruction _now = null!;
    private IlType? _constraint;

    private CStructs Structs => unit.Structs;

    public void Write(StringBuilder output)
    {
        MethodBodyBlock body = method.Body ?? throw new TranslationException(method.FullName, "has no IL");
        if (body.ExceptionRegions.Length > 0)
        {
            throw new TranslationException(method.FullName, "has an exception handler, which the kernel subset forbids");
        }

        _locals = method.Locals(body);
        List<IlInstruction> instructions = IlReader.Read(body.GetILReader());
        foreach (IlInstruction instruction in instructions)
        {
            if (instruction.Code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget)
            {
                _targets.Add((int)instruction.Number);
            }

            _targets.UnionWith(instruction.Targets);
        }

        bool reached = true;
        foreach (IlInstruction instruction in instructions)
        {
            _now = instruction;
            Arrive(reached);
            Step();
            reached = instruction.Code.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
        }

        output.Append($"/* {method.Key} */\n{unit.Prototype(method)}\n{{\n");
        for (int i = 0; i < _locals.Length; i++)
        {
            string zero =
                !body.LocalVariablesInitialized ? ""
                : _locals[i].Kind == IlTypeKind.Struct ? " = {0}"
                : " = 0";
            output.Append($"    {Spell(_locals[i])} l{i}{zero};\n");
        }

        foreach ((string variable, string type) in _variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            output.Append($"    {type} {variable};\n");
        }

        output.Append(_code).Append("}\n\n");
    }

    /// <summary>Sets the stack at an instruction, and writes its label when something jumps there.</summary>
    private void Arrive(bool reached)
    {
        if (!_targets.Contains(_now.Offset))
        {
            if (!reached)
            {
                _stack.Clear();
            }

            return;
        }

        if (_atTarget.TryGetValue(_now.Offset, out Slot[]? expected))
        {
            if (reached)
            {
                Leave(_now.Offset);
            }

            _stack.Clear();
            _stack.AddRange(expected);
        }
        else
        {
            if (!reached)
            {
                _stack.Clear();
            }

            _atTarget[_now.Offset] = [.. _stack];
        }

        _code.Append($"IL_{_now.Offset:x4}:;\n");
    }

    /// <summary>Makes the stack what a target expects: what differs in spelling alone is converted, anything else is refused.</summary>
    private void Leave(int target)
    {
        if (!_atTarget.TryGetValue(target, out Slot[]? expected))
        {
            _atTarget[target] = [.. _stack];
            return;
        }

        if (expected.Length != _stack.Count)
        {
            throw Fault($"reaches IL_{target:x4} with {_stack.Count} values on the stack, where {expected.Length} are expected");
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] == _stack[i])
            {
                continue;
            }

            string to = Variable(i, expected[i]);
            string from = Variable(i, _stack[i]);
            Emit(
                (expected[i].Kind, _stack[i].Kind) switch
                {
                    (SlotKind.Address, SlotKind.Int64) => $"{to} = (u8 *){from};",
                    (SlotKind.Int64, SlotKind.Address) => $"{to} = (i64){from};",
                    _ => throw Fault($"reaches IL_{target:x4} with {_stack[i]} on the stack, where {expected[i]} is expected"),
                }
            );
        }
    }

    private void Emit(string statement) => _code.Append("    ").Append(statement).Append('\n');

    private TranslationException Fault(string what) => new(method.FullName, _now.Offset, $"{_now.Name}: {what}");

    private TranslationException Forbidden(string why) => Fault($"{why}, which the kernel subset forbids");

    private string Spell(IlType type) => Structs.Spell(type, method.FullName);

    private string Variable(int depth, Slot slot)
    {
        (string name, string type) = slot.Kind switch
        {
            SlotKind.Int32 => ($"s{depth}i", "i32"),
            SlotKind.Int64 => ($"s{depth}l", "i64"),
            SlotKind.Double => ($"s{depth}d", "f64"),
            SlotKind.Address => ($"s{depth}p", "u8 *"),
            _ => ($"s{depth}_{Spell(slot.Type!)["struct ".Length..]}", Spell(slot.Type!)),
        };
        _variables[name] = type;
        return name;
    }

    private string Push(Slot slot)
    {
        _stack.Add(slot);
        return Variable(_stack.Count - 1, slot);
    }

    private void Push(Slot slot, string expression) => Emit($"{Push(slot)} = {expression};");

    private Operand Pop()
    {
        if (_stack.Count == 0)
        {
            throw Fault("takes a value from an empty stack");
        }

        Slot slot = _stack[^1];
        string variable = Variable(_stack.Count - 1, slot);
        _stack.RemoveAt(_stack.Count - 1);
        return new Operand(variable, slot);
    }

    /// <summary>Pushes a value read from memory, an argument or a local.</summary>
    private void Load(IlType type, string expression)
    {
        Slot slot = Slot.Of(type) ?? throw Fault($"reads {type}, which is outside the kernel subset");
        string cast = slot.Kind switch
        {
            SlotKind.Int32 when type.Kind != IlTypeKind.Int32 => "(i32)",
            SlotKind.Int64 when type.Kind is not (IlTypeKind.Int64 or IlTypeKind.NativeInt) => "(i64)",
            SlotKind.Address => "(u8 *)",
            _ => "",
        };
        Push(slot, cast + expression);
    }

    /// <summary>A popped value as one of a type: narrowed, or given its pointer's type.</summary>
    private string As(IlType type, Operand value)
    {
        Slot slot = Slot.Of(type) ?? throw Fault($"writes {type}, which is outside the kernel subset");
        if (slot.Kind == SlotKind.Address)
        {
            return type.Element!.Kind == IlTypeKind.UInt8 ? Address(value) : $"({Spell(type)}){Address(value)}";
        }

        if (slot == value.Slot)
        {
            return type.Kind is IlTypeKind.Int32 or IlTypeKind.Int64 or IlTypeKind.NativeInt || !type.IsInteger
                ? value.Variable
                : $"({Spell(type)}){value.Variable}";
        }

        bool native = type.Kind is IlTypeKind.NativeInt or IlTypeKind.NativeUInt;
        return native && value.Kind is SlotKind.Int32 or SlotKind.Address
            ? $"({Spell(type)}){value.Variable}"
            : throw Fault($"writes {value.Slot} where {type} is expected");
    }

    private string Address(Operand value) =>
        value.Kind switch
        {
            SlotKind.Address => value.Variable,
            SlotKind.Int64 => $"(u8 *){value.Variable}",
            _ => throw Fault($"uses {value.Slot} as an address"),
        };

    private EntityHandle Token => MetadataTokens.EntityHandle((int)_now.Number);

    private IlType TypeOperand() => method.Module.TypeOf(Token, method.Context);
}
