using System.Reflection;
using System.Reflection.Emit;
using Kedge.Kernel;

namespace Kedge.Architecture.Tests.Il;

/// <content>One pass over one body: the abstract stack.</content>
public sealed partial class IlSubsetWalker
{
    /// <summary>What stands on the evaluation stack, as far as the rules need it.</summary>
    private enum Kind
    {
        Integer,
        Float,
        Address,
        Other,
    }

    /// <summary>One pass over one body, with the kinds of the values on the stack.</summary>
    private sealed partial class BodyWalk(IlSubsetWalker owner, MethodBase method, MethodBody body)
    {
        private readonly Dictionary<int, Kind[]> _atTarget = [];
        private readonly Type[] _typeArguments = method.DeclaringType is { IsGenericType: true } type
            ? type.GetGenericArguments()
            : [];
        private readonly Type[] _methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        private readonly Stack<Kind> _stack = new();
        private IlInstruction _now;
        private Type? _constraint;

        public void Run()
        {
            bool reached = true;
            foreach (IlInstruction instruction in IlReader.Read(body.GetILAsByteArray()!))
            {
                _now = instruction;
                if (_atTarget.TryGetValue(instruction.Offset, out Kind[]? known))
                {
                    Restore(known);
                }
                else if (!reached)
                {
                    _stack.Clear();
                }

                Step();
                reached = instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
            }
        }

        private void Restore(Kind[] known)
        {
            _stack.Clear();
            for (int i = known.Length - 1; i >= 0; i--)
            {
                _stack.Push(known[i]);
            }
        }

        private void Remember(int target) => _atTarget.TryAdd(target, [.. _stack]);

        private Kind Pop() => _stack.TryPop(out Kind kind) ? kind : Kind.Other;

        private void Pop(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Pop();
            }
        }

        private void Push(Kind kind) => _stack.Push(kind);

        private void Push(Type type) => Push(KindOf(type));

        private static Kind KindOf(Type type)
        {
            if (type.IsByRef || type.IsPointer)
            {
                return Kind.Address;
            }

            if (type == typeof(double) || type == typeof(float))
            {
                return Kind.Float;
            }

            return type.IsPrimitive || type.IsEnum ? Kind.Integer : Kind.Other;
        }

        private void Report(IlRule rule, string detail) =>
            owner.Report(rule, method, _now.Offset, detail.Length == 0 ? _now.OpCode.Name! : $"{_now.OpCode.Name} {detail}");

        private MethodBase Callee() => method.Module.ResolveMethod(_now.Operand, _typeArguments, _methodArguments)!;

        private FieldInfo Field() => method.Module.ResolveField(_now.Operand, _typeArguments, _methodArguments)!;

        private Type TypeOperand() => method.Module.ResolveType(_now.Operand, _typeArguments, _methodArguments);

        private Type Argument(int index)
        {
            if (!method.IsStatic)
            {
                if (index == 0)
                {
                    return method.DeclaringType!.MakeByRefType();
                }

                index--;
            }

            return method.GetParameters()[index].ParameterType;
        }

        private void Step()
        {
            string name = _now.OpCode.Name!;
            string stem = name.Contains('.', StringComparison.Ordinal)
                ? name[..name.IndexOf('.', StringComparison.Ordinal)]
                : name;
            switch (stem)
            {
                case "nop":
                case "break":
                    return;
                case "constrained":
                    _constraint = TypeOperand();
                    return;
                case "ldarg":
                    Push(Argument(Index(name)));
                    return;
                case "ldloc":
                    Push(body.LocalVariables[Index(name)].LocalType);
                    return;
                case "ldarga":
                case "ldloca":
                    Push(Kind.Address);
                    return;
                case "starg":
                case "stloc":
                case "pop":
                case "initobj":
                    Pop();
                    return;
                case "ret":
                    return;
                case "dup":
                    Push(_stack.TryPeek(out Kind top) ? top : Kind.Other);
                    return;
                case "ldc":
                    Push(name.StartsWith("ldc.r", StringComparison.Ordinal) ? Kind.Float : Kind.Integer);
                    return;
                case "sizeof":
                    Push(Kind.Integer);
                    return;
                case "ldfld":
                    Pop();
                    Push(Field().FieldType);
                    return;
                case "ldflda":
                    Pop();
                    Push(Kind.Address);
                    return;
                case "stfld":
                case "stobj":
                case "stind":
                case "cpobj":
                    Pop(2);
                    return;
                case "ldobj":
                    Pop();
                    Push(TypeOperand());
                    return;
                case "ldind":
                    Pop();
                    if (name == "ldind.ref")
                    {
                        Report(IlRule.ReferenceObject, "");
                    }

                    Push(name.StartsWith("ldind.r", StringComparison.Ordinal) ? Kind.Float : Kind.Integer);
                    return;
                case "call":
                case "callvirt":
                case "newobj":
                    Call(stem);
                    return;
                case "br":
                    Remember(_now.Operand);
                    return;
                case "brtrue":
                case "brfalse":
                    Pop();
                    Remember(_now.Operand);
                    return;
                case "beq":
                case "bge":
                case "bgt":
                case "ble":
                case "blt":
                case "bne":
                    Pop(2);
                    Remember(_now.Operand);
                    return;
                case "switch":
                    Pop();
                    foreach (int target in _now.SwitchTargets)
                    {
                        Remember(target);
                    }

                    return;
                case "ceq":
                case "cgt":
                case "clt":
                    Pop(2);
                    Push(Kind.Integer);
                    return;
                case "neg":
                case "not":
                    return;
                case "conv":
                    Convert(name);
                    return;
                default:
                    Arithmetic(name, stem);
                    return;
            }
        }

        private int Index(string name) => _now.OpCode.OperandType == OperandType.InlineNone ? name[^1] - '0' : _now.Operand;

        private void Convert(string name)
        {
            Kind from = Pop();
            bool toFloat = name.StartsWith("conv.r", StringComparison.Ordinal);
            if (name.StartsWith("conv.ovf", StringComparison.Ordinal))
            {
                Report(IlRule.Exception, "may throw");
            }

            if (!toFloat && from == Kind.Float)
            {
                Report(IlRule.FloatToInteger, "");
            }

            Push(
                toFloat ? Kind.Float
                : from == Kind.Address ? Kind.Address
                : Kind.Integer
            );
        }

        private void Arithmetic(string name, string stem)
        {
            switch (stem)
            {
                case "div":
                case "rem":
                    Kind divisor = Pop();
                    Kind dividend = Pop();
                    if (divisor != Kind.Float || dividend != Kind.Float)
                    {
                        Report(IlRule.IntegerDivision, "");
                    }
                    else if (stem == "rem")
                    {
                        Report(IlRule.Instruction, "is a library call on floats");
                    }

                    Push(dividend);
                    return;
                case "add":
                case "sub":
                case "mul":
                    if (name.Contains(".ovf", StringComparison.Ordinal))
                    {
                        Report(IlRule.Exception, "may throw");
                    }

                    Kind right = Pop();
                    Kind left = Pop();
                    Push(left == Kind.Integer ? right : left);
                    return;
                case "and":
                case "or":
                case "xor":
                case "shl":
                case "shr":
                    Pop(2);
                    Push(Kind.Integer);
                    return;
                default:
                    Forbidden(name, stem);
                    return;
            }
        }
    }
}
