using System.Buffers;
using System.Buffers.Binary;

namespace Kedge.Trading.Journal;

/// <summary>Records on their way to a file. It grows to what it once needed and allocates nothing after that.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _start;

    /// <summary>Bytes in it.</summary>
    public int Length { get; private set; }

    /// <summary>Everything in it.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Begins a record.</summary>
    public void Begin(JournalKind kind)
    {
        _start = Length;
        Advance(GetSpan(JournalFormat.FrameBytes).Length >= JournalFormat.FrameBytes ? JournalFormat.FrameBytes : 0);
        Byte((byte)kind);
    }

    /// <summary>Ends the record and sets its length and checksum.</summary>
    /// <returns>Length of its body; the record is taken out again when that is more than a record may have.</returns>
    public int End(long segment, long record)
    {
        int body = Length - _start - JournalFormat.FrameBytes;
        if (body > JournalFormat.MaxBody)
        {
            Length = _start;
            return body;
        }

        Span<byte> frame = _bytes.AsSpan(_start);
        BinaryPrimitives.WriteInt32LittleEndian(frame, body);
        uint checksum = JournalFormat.Checksum(segment, record, frame.Slice(JournalFormat.FrameBytes, body));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], checksum);
        return body;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds a byte.</summary>
    public void Byte(byte value)
    {
        GetSpan(1)[0] = value;
        Advance(1);
    }

    /// <summary>Adds a whole number: small ones take little.</summary>
    public void Number(long value)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        Span<byte> span = GetSpan(10);
        int length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        Advance(length);
    }

    /// <summary>Adds eight bytes.</summary>
    public void Eight(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(GetSpan(8), value);
        Advance(8);
    }

    /// <summary>Adds the bits of a number.</summary>
    public void Double(double value) => Eight(BitConverter.DoubleToUInt64Bits(value));

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void MakeRoom(int count)
    {
        int needed = Length + Math.Max(count, 1);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        }
    }
}
