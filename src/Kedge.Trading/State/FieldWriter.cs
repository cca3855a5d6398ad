using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kedge.Trading.State;

/// <summary>Writes fields with their names: length and name in UTF-8, then 64 bits, little-endian.</summary>
internal readonly struct FieldWriter(ArrayBufferWriter<byte> into) : IFieldVisitor
{
    public void Visit(string name, ref double value) => Put(name, BitConverter.DoubleToInt64Bits(value));

    public void Visit(string name, ref long value) => Put(name, value);

    public void Visit(string name, ref int value) => Put(name, value);

    public void Visit(string name, ref bool value) => Put(name, value ? 1 : 0);

    private void Put(string name, long bits)
    {
        Span<byte> span = into.GetSpan(1 + Encoding.UTF8.GetMaxByteCount(name.Length) + sizeof(long));
        int length = Encoding.UTF8.GetBytes(name, span[1..]);
        span[0] = checked((byte)length);
        BinaryPrimitives.WriteInt64LittleEndian(span[(1 + length)..], bits);
        into.Advance(1 + length + sizeof(long));
    }
}
