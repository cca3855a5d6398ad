using System.Globalization;
using System.Reflection.Emit;
using Kedge.KernelCompiler.Metadata;

namespace Kedge.KernelCompiler.Source;

/// <content>One instruction at a time: constants, variables, jumps, calls.</content>
internal sealed partial class BodyTranslator
{
    private void Step()
    {
        string name = _now.Name;
        string stem = name.Split('.')[0];
        switch (stem)
        {
            case "nop":
                return;
            case "ldarg":
                Load(method.Parameters[Index()], $"a{Index()}");
                return;
            case "ldloc":
                Load(_locals[Index()], $"l{Index()}");
                return;
            case "ldarga":
                Push(Slot.Address, $"(u8 *)&a{Index()}");
                return;
            case "ldloca":
                Push(Slot.Address, $"(u8 *)&l{Index()}");
                return;
            case "starg":
                Emit($"a{Index()} = {As(method.Parameters[Index()], Pop())};");
                return;
            case "stloc":
                Emit($"l{Index()} = {As(_locals[Index()], Pop())};");
                return;
            case "pop":
                Pop();
                return;
            case "dup":
                Operand top = Pop();
                _stack.Add(top.Slot);
                Push(top.Slot, top.Variable);
                return;
            case "ldc":
                Constant(name);
                return;
            case "ret":
                Return();
                return;
            case "br":
                Jump((int)_now.Number);
                return;
            case "brtrue":
            case "brfalse":
                Operand tested = Pop();
                if (tested.Kind is SlotKind.Double or SlotKind.Struct)
                {
                    throw Fault($"tests {tested.Slot}");
                }

                Branch(stem == "brtrue" ? $"{tested.Variable} != 0" : $"{tested.Variable} == 0");
                return;
            case "beq":
            case "bge":
            case "bgt":
            case "ble":
            case "blt":
            case "bne":
                Operand right = Pop();
                Operand left = Pop();
                Branch(Compare(stem[1..], name.Contains(".un", StringComparison.Ordinal), left, right));
                return;
            case "ceq":
            case "cgt":
            case "clt":
                Operand second = Pop();
                Operand first = Pop();
                Push(Slot.Int32, $"{Compare(stem[1..], name.EndsWith(".un", StringComparison.Ordinal), first, second)} ? 1 : 0");
                return;
            case "switch":
                Switch();
                return;
            case "constrained":
                _constraint = TypeOperand();
                return;
            case "call":
            case "callvirt":
            case "newobj":
                Call(stem);
                return;
            default:
                Operate(name, stem);
                return;
        }
    }

    private int Index() => _now.Code.OperandType == OperandType.InlineNone ? _now.Name[^1] - '0' : checked((int)_now.Number);

    private void Constant(string name)
    {
        switch (name)
        {
            case "ldc.i8":
                Push(Slot.Int64, Literals.Int64(_now.Number));
                return;
            case "ldc.r8":
                Push(Slot.Double, Literals.Double(_now.Number));
                return;
            case "ldc.r4":
                throw Forbidden("holds a 32-bit floating-point number");
            case "ldc.i4.m1":
                Push(Slot.Int32, "-1");
                return;
            case "ldc.i4":
            case "ldc.i4.s":
                Push(Slot.Int32, Literals.Int32((int)_now.Number));
                return;
            default:
                Push(Slot.Int32, name[^1].ToString(CultureInfo.InvariantCulture));
                return;
        }
    }

    private void Return()
    {
        IlType result = method.Signature.ReturnType;
        Emit(result.Kind == IlTypeKind.Void ? "return;" : $"return {As(result, Pop())};");
    }

    private void Jump(int target)
    {
        Leave(target);
        Emit($"goto IL_{target:x4};");
    }

    private void Branch(string condition)
    {
        // A conversion the target needs writes a slot of another spelling, which nobody reads on the way not taken.
        Leave((int)_now.Number);
        Emit($"if ({condition}) goto IL_{(int)_now.Number:x4};");
    }

    private void Switch()
    {
        Operand value = Pop();
        if (value.Kind != SlotKind.Int32)
        {
            throw Fault($"switches on {value.Slot}");
        }

        foreach (int target in _now.Targets)
        {
            Leave(target);
        }

        string cases = string.Concat(_now.Targets.Select((target, i) => $" case {i}: goto IL_{target:x4};"));
        Emit($"switch ((u32){value.Variable}) {{{cases} default: break; }}");
    }

    private void Call(string stem)
    {
        CallTarget target = MethodResolver.Resolve(method.Module, Token, method.Context);
        IlType? constraint = _constraint;
        _constraint = null;
        if (target.Method is null)
        {
            CallOutside(target, stem);
            return;
        }

        IlMethod callee = target.Method;
        if (callee.Owner.Kind != IlTypeKind.Struct && !callee.IsStatic)
        {
            callee =
                (constraint is { Kind: IlTypeKind.Struct } ? MethodResolver.Implementation(constraint, callee) : null)
                ?? throw Forbidden(
                    constraint is null
                        ? $"calls {callee} through an object"
                        : $"calls {callee} on {constraint}, which has no method of its own for it"
                );
        }

        string function = unit.Function(callee, method);
        List<string> arguments = [];
        bool creates = stem == "newobj";
        for (int i = callee.Parameters.Length - 1; i >= (creates ? 1 : 0); i--)
        {
            arguments.Insert(0, As(callee.Parameters[i], Pop()));
        }

        if (creates)
        {
            string made = Push(Slot.Of(callee.Owner)!.Value);
            Emit($"__builtin_memset(&{made}, 0, sizeof {made});");
            Emit($"{function}({string.Join(", ", arguments.Prepend("&" + made))});");
            return;
        }

        IlType result = callee.Signature.ReturnType;
        string call = $"{function}({string.Join(", ", arguments)})";
        if (result.Kind == IlTypeKind.Void)
        {
            Emit(call + ";");
        }
        else
        {
            Load(result, call);
        }
    }

    /// <summary>The two functions of the framework that are one instruction of every processor.</summary>
    private void CallOutside(CallTarget target, string stem)
    {
        string? builtin = target.Outside switch
        {
            "System.Math.Sqrt" => "__builtin_sqrt",
            "System.Math.Abs" => "__builtin_fabs",
            _ => null,
        };
        if (stem != "call" || builtin is null || target.Signature.ParameterTypes is not [{ Kind: IlTypeKind.Double }])
        {
            throw Forbidden(
                $"calls {target.Outside}({string.Join(", ", target.Signature.ParameterTypes)}), which is no function of the assemblies given"
            );
        }

        Operand value = Pop();
        Push(Slot.Double, $"{builtin}({As(IlType.Primitive(IlTypeKind.Double), value)})");
    }
}
