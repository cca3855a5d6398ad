using System.Buffers.Binary;
using System.Text;

namespace Kedge.Trading.Risk;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Anything else is an error, never a default.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public long Long()
    {
        if (_rest.Length < sizeof(long))
        {
            throw Broken();
        }

        long value = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return value;
    }

    public int Int()
    {
        long value = Long();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Broken();
    }

    public bool Bool() => Long() != 0;

    public double Double() => BitConverter.Int64BitsToDouble(Long());

    /// <summary>A number of items that follow.</summary>
    public int Count(int max)
    {
        int count = Int();
        return count >= 0 && count <= max ? count : throw Broken();
    }

    public string Text()
    {
        int length = Count(StateWriter.MaxText);
        if (_rest.Length < length)
        {
            throw Broken();
        }

        string text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Broken();
        }
    }

    private static InvalidDataException Broken() => new("The saved risk state is cut or not of this version.");
}
