using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Kedge.Architecture.Tests.Il;

/// <summary>One decoded instruction. <see cref="Operand"/> is a token, an absolute branch target, or an index, by the kind of operand.</summary>
internal readonly record struct IlInstruction(int Offset, OpCode OpCode, int Operand, int[] SwitchTargets);

/// <summary>Turns the bytes of a method body into instructions.</summary>
internal static class IlReader
{
    private static readonly Dictionary<short, OpCode> Known = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(OpCode))
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static List<IlInstruction> Read(ReadOnlySpan<byte> il)
    {
        List<IlInstruction> instructions = [];
        int at = 0;
        while (at < il.Length)
        {
            int offset = at;
            short value = il[at++];
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | il[at++]));
            }

            OpCode code = Known[value];
            int operand = 0;
            int[] targets = [];
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget:
                    operand = at + 1 + (sbyte)il[at];
                    at += 1;
                    break;
                case OperandType.ShortInlineI:
                case OperandType.ShortInlineVar:
                    operand = il[at];
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    operand = BinaryPrimitives.ReadUInt16LittleEndian(il[at..]);
                    at += 2;
                    break;
                case OperandType.InlineBrTarget:
                    operand = at + 4 + BinaryPrimitives.ReadInt32LittleEndian(il[at..]);
                    at += 4;
                    break;
                case OperandType.InlineI8:
                case OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    targets = new int[BinaryPrimitives.ReadInt32LittleEndian(il[at..])];
                    int after = at + 4 + 4 * targets.Length;
                    for (int i = 0; i < targets.Length; i++)
                    {
                        targets[i] = after + BinaryPrimitives.ReadInt32LittleEndian(il[(at + 4 + 4 * i)..]);
                    }

                    at = after;
                    break;
                default:
                    operand = BinaryPrimitives.ReadInt32LittleEndian(il[at..]);
                    at += 4;
                    break;
            }

            instructions.Add(new IlInstruction(offset, code, operand, targets));
        }

        return instructions;
    }
}
