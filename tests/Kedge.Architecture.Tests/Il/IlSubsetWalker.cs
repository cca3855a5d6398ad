using System.Reflection;
using System.Reflection.Emit;
using Kedge.Kernel;

namespace Kedge.Architecture.Tests.Il;

/// <summary>
/// Walks all IL that a closed method can reach and reports what the kernel subset forbids (docs/concepts/kernel-subset.md). Constrained calls
/// are resolved to the struct method that will run. The walk stops at methods of worlds and traces that live outside the kernel: they are
/// the seams.
/// </summary>
public sealed class IlSubsetWalker
{
    private readonly HashSet<Assembly> _homes;
    private readonly HashSet<MethodBase> _visited = [];
    private readonly HashSet<MethodBase> _path = [];
    private readonly HashSet<MethodBase> _seams = [];
    private readonly List<IlViolation> _violations = [];

    /// <param name="extraHomes">Assemblies besides the kernel whose methods are walked instead of being refused.</param>
    public IlSubsetWalker(params Assembly[] extraHomes)
    {
        _homes = [typeof(IWorld).Assembly, .. extraHomes];
    }

    /// <summary>Methods walked.</summary>
    public IReadOnlyCollection<MethodBase> Visited => _visited;

    /// <summary>Methods of worlds and traces outside the kernel at which the walk stopped.</summary>
    public IReadOnlyCollection<MethodBase> Seams => _seams;

    /// <summary>Walks from a closed method (generic arguments filled in) and returns every violation found.</summary>
    public static IReadOnlyList<IlViolation> Check(MethodInfo start, params Assembly[] extraHomes) =>
        new IlSubsetWalker(extraHomes).Walk(start);

    /// <summary>Walks from a closed method. May be called again with other starts; results add up.</summary>
    public IReadOnlyList<IlViolation> Walk(MethodBase start)
    {
        if (start.ContainsGenericParameters)
        {
            throw new ArgumentException("Fill in the generic arguments first (MakeGenericMethod).", nameof(start));
        }

        Visit(start);
        return _violations;
    }

    private static string Name(MethodBase method) => $"{method.DeclaringType}.{method}";

    private void Visit(MethodBase method)
    {
        if (_path.Contains(method))
        {
            Report(IlRule.Recursion, method, -1, "calls itself, directly or not");
            return;
        }

        if (!_visited.Add(method))
        {
            return;
        }

        _path.Add(method);
        MethodBody? body = method.GetMethodBody();
        if (body is null)
        {
            Report(IlRule.NoBody, method, -1, "has no IL");
        }
        else
        {
            CheckSignature(method, body);
            new BodyWalk(this, method, body).Run();
        }

        _path.Remove(method);
    }

    private void CheckSignature(MethodBase method, MethodBody body)
    {
        if (body.ExceptionHandlingClauses.Count > 0)
        {
            Report(IlRule.Exception, method, -1, "has an exception handler");
        }

        foreach (ParameterInfo parameter in method.GetParameters())
        {
            CheckType(method, parameter.ParameterType, $"parameter {parameter.Name}");
        }

        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            CheckType(method, local.LocalType, $"local {local.LocalIndex}");
        }

        if (method is MethodInfo { ReturnType: var result } && result != typeof(void))
        {
            CheckType(method, result, "result");
        }
    }

    private void CheckType(MethodBase method, Type type, string what)
    {
        while (type.HasElementType && !type.IsArray)
        {
            type = type.GetElementType()!;
        }

        if (!type.IsValueType)
        {
            Report(type.IsArray ? IlRule.Array : IlRule.ReferenceObject, method, -1, $"{what} is a {type}");
        }
        else if (type.IsPrimitive || type == typeof(void) || _homes.Contains(type.Assembly) || IsSeam(type))
        {
            return;
        }
        else
        {
            Report(IlRule.OutsideType, method, -1, $"{what} is a {type}");
        }
    }

    private static bool IsSeam(Type type) =>
        type.IsValueType
        && type.Assembly != typeof(IWorld).Assembly
        && (typeof(IWorld).IsAssignableFrom(type) || typeof(ITrace).IsAssignableFrom(type));

    private void Report(IlRule rule, MethodBase method, int offset, string detail) =>
        _violations.Add(new IlViolation(rule, Name(method), offset, detail));

    /// <summary>What stands on the evaluation stack, as far as the rules need it.</summary>
    private enum Kind
    {
        Integer,
        Float,
        Address,
        Other,
    }

    /// <summary>One pass over one body, with the kinds of the values on the stack.</summary>
    private sealed class BodyWalk(IlSubsetWalker owner, MethodBase method, MethodBody body)
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

        private void Forbidden(string name, string stem)
        {
            IlRule rule = stem switch
            {
                "newarr" or "ldelem" or "ldelema" or "stelem" or "ldlen" or "readonly" => IlRule.Array,
                "box" or "unbox" => IlRule.Box,
                "ldstr" => IlRule.Text,
                "throw" or "rethrow" or "leave" or "endfinally" or "endfilter" or "ckfinite" => IlRule.Exception,
                "castclass" or "isinst" => IlRule.Cast,
                "ldftn" or "ldvirtftn" or "calli" or "ldtoken" or "jmp" => IlRule.FunctionPointer,
                "ldsfld" or "ldsflda" or "stsfld" => IlRule.StaticField,
                "ldnull" => IlRule.ReferenceObject,
                _ => IlRule.Instruction,
            };
            string detail = stem switch
            {
                "ldsfld" or "ldsflda" or "stsfld" => $"{Field().DeclaringType}.{Field().Name}",
                "newarr" or "box" or "castclass" or "isinst" => TypeOperand().ToString(),
                _ => "",
            };
            Report(rule, detail);
            Follow(name, stem);
        }

        /// <summary>Keeps the stack right after something forbidden, so that the rest of the body is judged too.</summary>
        private void Follow(string name, string stem)
        {
            switch (stem)
            {
                case "ldelem":
                    Pop(2);
                    Push(
                        name is "ldelem" ? KindOf(TypeOperand())
                        : name.StartsWith("ldelem.r", StringComparison.Ordinal) && name != "ldelem.ref" ? Kind.Float
                        : name == "ldelem.ref" ? Kind.Other
                        : Kind.Integer
                    );
                    return;
                case "stelem":
                    Pop(3);
                    return;
                case "ldsfld":
                    Push(Field().FieldType);
                    return;
                case "ldlen":
                    Pop();
                    Push(Kind.Integer);
                    return;
                case "leave":
                    _stack.Clear();
                    Remember(_now.Operand);
                    return;
                default:
                    Pop(Count(_now.OpCode.StackBehaviourPop.ToString()));
                    for (int i = Count(_now.OpCode.StackBehaviourPush.ToString()); i > 0; i--)
                    {
                        Push(Kind.Other);
                    }

                    return;
            }
        }

        private static int Count(string behaviour) =>
            behaviour.Contains('0', StringComparison.Ordinal) ? 0 : behaviour.Split('_').Length;

        private void Call(string stem)
        {
            MethodBase callee = Callee();
            Type? constraint = _constraint;
            _constraint = null;
            Pop(callee.GetParameters().Length);
            if (stem == "newobj")
            {
                Push(callee.DeclaringType!);
                if (!callee.DeclaringType!.IsValueType)
                {
                    Report(IlRule.ReferenceObject, callee.DeclaringType.ToString());
                    return;
                }
            }
            else
            {
                if (!callee.IsStatic)
                {
                    Pop();
                }

                if (callee is MethodInfo { ReturnType: var result } && result != typeof(void))
                {
                    Push(result);
                }
            }

            if (constraint is not null)
            {
                MethodBase? target = constraint.IsValueType ? Implementation(constraint, (MethodInfo)callee) : null;
                if (target is null)
                {
                    Report(IlRule.VirtualCall, $"{Name(callee)} on {constraint}");
                    return;
                }

                callee = target;
            }
            else if (
                callee is { IsVirtual: true, DeclaringType.IsValueType: false }
                || (stem == "callvirt" && !callee.DeclaringType!.IsValueType)
            )
            {
                Report(IlRule.VirtualCall, Name(callee));
                return;
            }

            Enter(callee);
        }

        private void Enter(MethodBase callee)
        {
            Type type = callee.DeclaringType!;
            if (IsSeam(type))
            {
                owner._seams.Add(callee);
            }
            else if (owner._homes.Contains(type.Assembly))
            {
                owner.Visit(callee);
            }
            else if (!IsAllowedOutside(callee))
            {
                Report(IlRule.OutsideCall, Name(callee));
            }
        }

        private static bool IsAllowedOutside(MethodBase callee) =>
            callee.DeclaringType == typeof(Math)
            && callee.Name is nameof(Math.Sqrt) or nameof(Math.Abs)
            && callee.GetParameters()[0].ParameterType == typeof(double);

        /// <summary>The method of a struct that answers a call made through an interface or a base method.</summary>
        private static MethodInfo? Implementation(Type type, MethodInfo declared)
        {
            MethodInfo definition = declared.IsGenericMethod ? declared.GetGenericMethodDefinition() : declared;
            if (!declared.DeclaringType!.IsInterface)
            {
                return type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                    .FirstOrDefault(m => m.DeclaringType == type && m.GetBaseDefinition() == definition);
            }

            InterfaceMapping map = type.GetInterfaceMap(declared.DeclaringType);
            int index = Array.IndexOf(map.InterfaceMethods, definition);
            if (index < 0 || map.TargetMethods[index].DeclaringType != type)
            {
                return null;
            }

            MethodInfo target = map.TargetMethods[index];
            return declared.IsGenericMethod ? target.MakeGenericMethod(declared.GetGenericArguments()) : target;
        }
    }
}
