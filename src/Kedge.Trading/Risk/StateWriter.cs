using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kedge.Trading.Risk;

/// <summary>Writes state as little-endian words, in a fixed order.</summary>
internal readonly ref struct StateWriter(IBufferWriter<byte> into)
{
    /// <summary>Longest text, UTF-8 bytes; a longer one is cut.</summary>
    public const int MaxText = 1024;

    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into.GetSpan(sizeof(long)), value);
        into.Advance(sizeof(long));
    }

    public void Int(int value) => Long(value);

    public void Bool(bool value) => Long(value ? 1 : 0);

    public void Double(double value) => Long(BitConverter.DoubleToInt64Bits(value));

    public void Text(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        while (bytes > MaxText)
        {
            value = value[..^(1 + ((bytes - MaxText) / 4))];
            bytes = Encoding.UTF8.GetByteCount(value);
        }

        Int(bytes);
        Encoding.UTF8.GetBytes(value, into.GetSpan(bytes + 1));
        into.Advance(bytes);
    }
}
