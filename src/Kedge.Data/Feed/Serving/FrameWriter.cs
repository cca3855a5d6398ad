using System.Buffers.Binary;
using System.Text;
using Kedge.Model.Machines;

namespace Kedge.Data.Feed.Serving;

/// <summary>Writes frames of the server one after the other. Whoever writes makes sure that there is room.</summary>
internal ref struct FrameWriter(Span<byte> to, Now now)
{
    private readonly Span<byte> _to = to;
    private readonly Now _now = now;
    private int _start;

    /// <summary>Bytes written, the frame that was begun included.</summary>
    internal int Length { get; private set; }

    internal readonly int Room => _to.Length - Length;

    /// <summary>Begins a frame; its length and count are set by <see cref="End"/>.</summary>
    internal void Begin(FeedMessage kind, byte flags = 0, uint request = 0)
    {
        _start = Length;
        Span<byte> header = Take(FeedProtocol.FrameHeaderBytes);
        header.Clear();
        header[4] = (byte)kind;
        header[5] = flags;
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], request);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], _now.MonotonicMs);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], _now.WallMs);
    }

    internal readonly void End(int count = 0)
    {
        Span<byte> header = _to[_start..];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(Length - _start));
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)count);
    }

    /// <summary>Takes a frame back that was begun.</summary>
    internal void Undo() => Length = _start;

    internal Span<byte> Take(int bytes)
    {
        Span<byte> taken = _to.Slice(Length, bytes);
        Length += bytes;
        return taken;
    }

    internal void U8(byte value) => Take(1)[0] = value;

    internal void U16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), (ushort)value);

    internal void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    internal void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    internal void I64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>Bytes of a name with their number before them.</summary>
    internal void Name(ReadOnlySpan<byte> name)
    {
        U8((byte)name.Length);
        name.CopyTo(Take(name.Length));
    }

    /// <summary>UTF-8 with its length before it, cut to what a text may have.</summary>
    internal void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(bytes.Length, FeedProtocol.MaxTextBytes);
        while (length > 0 && length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        U16(length);
        bytes.AsSpan(0, length).CopyTo(Take(length));
    }
}
