using System.Buffers.Binary;

namespace Kedge.Trading.Journal;

/// <summary>Takes the body of a record apart.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> body)
{
    /// <summary>What has not been read.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = body;

    public byte Byte() => Take(1)[0];

    public long Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw Broken();
    }

    public ulong Eight() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BitConverter.UInt64BitsToDouble(Eight());

    public ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > Rest.Length)
        {
            throw Broken();
        }

        ReadOnlySpan<byte> taken = Rest[..(int)length];
        Rest = Rest[(int)length..];
        return taken;
    }

    private static InvalidDataException Broken() => new("A record of the journal is shorter than what it says to hold.");
}
