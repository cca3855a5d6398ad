using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Kedge.KernelCompiler.Il;

/// <summary>Reads the instructions of a method body.</summary>
internal static class IlReader
{
    private static readonly Dictionary<int, OpCode> Known = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    public static List<IlInstruction> Read(BlobReader il)
    {
        List<IlInstruction> instructions = [];
        while (il.RemainingBytes > 0)
        {
            int offset = il.Offset;
            int value = il.ReadByte();
            if (value == 0xFE)
            {
                value = 0xFE00 | il.ReadByte();
            }

            OpCode code = Known[value];
            long number = 0;
            ImmutableArray<int> targets = [];
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget:
                    number = il.ReadSByte();
                    number += il.Offset;
                    break;
                case OperandType.InlineBrTarget:
                    number = il.ReadInt32();
                    number += il.Offset;
                    break;
                case OperandType.ShortInlineVar:
                    number = il.ReadByte();
                    break;
                case OperandType.ShortInlineI:
                    number = il.ReadSByte();
                    break;
                case OperandType.InlineVar:
                    number = il.ReadUInt16();
                    break;
                case OperandType.InlineI8:
                case OperandType.InlineR:
                    number = il.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    targets = Targets(ref il);
                    break;
                default:
                    number = il.ReadInt32();
                    break;
            }

            instructions.Add(new IlInstruction(offset, code, number, targets));
        }

        return instructions;
    }

    private static ImmutableArray<int> Targets(ref BlobReader il)
    {
        int count = il.ReadInt32();
        int after = il.Offset + 4 * count;
        ImmutableArray<int>.Builder targets = ImmutableArray.CreateBuilder<int>(count);
        for (int i = 0; i < count; i++)
        {
            targets.Add(after + il.ReadInt32());
        }

        return targets.MoveToImmutable();
    }
}
