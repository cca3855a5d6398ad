using System.Reflection;
using System.Reflection.Emit;
using Kedge.Kernel;

namespace Kedge.Architecture.Tests.Il;

/// <content>What an instruction may do, and where its calls lead.</content>
public sealed partial class IlSubsetWalker
{
    private sealed partial class BodyWalk
    {
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
