using System.Buffers.Binary;
using System.Text;

namespace Kedge.Crypto;

/// <summary>
/// Writes msgpack as the venue's hash wants it: everything in the order it is given, every length and integer in its shortest form. One
/// writer serves many messages (<see cref="Reset"/>) and allocates only when a message is longer than all before it.
/// </summary>
public sealed class MsgPackWriter
{
    /// <summary>Longest message, bytes; a longer one is a broken invariant and throws.</summary>
    public const int MaxBytes = 1 << 22;

    private const int FirstBytes = 512;

    private byte[] _buffer = new byte[FirstBytes];
    private int _length;

    /// <summary>What was written since the last reset; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Reset() => _length = 0;

    /// <summary>Begins a map of <paramref name="pairs"/> keys, each followed by its value.</summary>
    public void MapHeader(int pairs) => Header(pairs, 0x80, 0xde);

    /// <summary>Begins an array of <paramref name="items"/> values.</summary>
    public void ArrayHeader(int items) => Header(items, 0x90, 0xdc);

    /// <summary>Writes text as UTF-8.</summary>
    public void String(ReadOnlySpan<char> text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        StringHeader(bytes);
        Encoding.UTF8.GetBytes(text, Take(bytes));
    }

    /// <summary>Writes text that is UTF-8 already.</summary>
    public void Utf8(ReadOnlySpan<byte> text)
    {
        StringHeader(text.Length);
        text.CopyTo(Take(text.Length));
    }

    /// <summary>Writes a signed integer; one that is not negative takes an unsigned form.</summary>
    public void Integer(long value)
    {
        switch (value)
        {
            case >= 0:
                Unsigned((ulong)value);
                break;
            case >= -32:
                Take(1)[0] = (byte)value;
                break;
            case >= sbyte.MinValue:
                Span<byte> one = Take(2);
                one[0] = 0xd0;
                one[1] = (byte)value;
                break;
            case >= short.MinValue:
                Span<byte> two = Take(3);
                two[0] = 0xd1;
                BinaryPrimitives.WriteInt16BigEndian(two[1..], (short)value);
                break;
            case >= int.MinValue:
                Span<byte> four = Take(5);
                four[0] = 0xd2;
                BinaryPrimitives.WriteInt32BigEndian(four[1..], (int)value);
                break;
            default:
                Span<byte> eight = Take(9);
                eight[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(eight[1..], value);
                break;
        }
    }

    /// <summary>Writes an unsigned integer.</summary>
    public void Unsigned(ulong value)
    {
        switch (value)
        {
            case <= 0x7f:
                Take(1)[0] = (byte)value;
                break;
            case <= byte.MaxValue:
                Span<byte> one = Take(2);
                one[0] = 0xcc;
                one[1] = (byte)value;
                break;
            case <= ushort.MaxValue:
                Span<byte> two = Take(3);
                two[0] = 0xcd;
                BinaryPrimitives.WriteUInt16BigEndian(two[1..], (ushort)value);
                break;
            case <= uint.MaxValue:
                Span<byte> four = Take(5);
                four[0] = 0xce;
                BinaryPrimitives.WriteUInt32BigEndian(four[1..], (uint)value);
                break;
            default:
                Span<byte> eight = Take(9);
                eight[0] = 0xcf;
                BinaryPrimitives.WriteUInt64BigEndian(eight[1..], value);
                break;
        }
    }

    /// <summary>Writes true or false.</summary>
    public void Boolean(bool value) => Take(1)[0] = value ? (byte)0xc3 : (byte)0xc2;

    /// <summary>Writes nil. An absent optional of an action is left out instead.</summary>
    public void Nil() => Take(1)[0] = 0xc0;

    private void StringHeader(int bytes)
    {
        switch (bytes)
        {
            case <= 31:
                Take(1)[0] = (byte)(0xa0 | bytes);
                break;
            case <= byte.MaxValue:
                Span<byte> one = Take(2);
                one[0] = 0xd9;
                one[1] = (byte)bytes;
                break;
            case <= ushort.MaxValue:
                Span<byte> two = Take(3);
                two[0] = 0xda;
                BinaryPrimitives.WriteUInt16BigEndian(two[1..], (ushort)bytes);
                break;
            default:
                Span<byte> four = Take(5);
                four[0] = 0xdb;
                BinaryPrimitives.WriteUInt32BigEndian(four[1..], (uint)bytes);
                break;
        }
    }

    private void Header(int count, byte small, byte wide)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        switch (count)
        {
            case <= 15:
                Take(1)[0] = (byte)(small | count);
                break;
            case <= ushort.MaxValue:
                Span<byte> two = Take(3);
                two[0] = wide;
                BinaryPrimitives.WriteUInt16BigEndian(two[1..], (ushort)count);
                break;
            default:
                Span<byte> four = Take(5);
                four[0] = (byte)(wide + 1);
                BinaryPrimitives.WriteUInt32BigEndian(four[1..], (uint)count);
                break;
        }
    }

    private Span<byte> Take(int bytes)
    {
        if (_length + (long)bytes > MaxBytes)
        {
            throw new InvalidOperationException($"a msgpack message is longer than {MaxBytes} bytes");
        }

        if (_length + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(MaxBytes, Math.Max(_buffer.Length * 2, _length + bytes)));
        }

        Span<byte> taken = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return taken;
    }
}
