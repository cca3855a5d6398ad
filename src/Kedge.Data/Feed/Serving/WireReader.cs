using System.Buffers.Binary;

namespace Kedge.Data.Feed.Serving;

/// <summary>Reads the body of a message. What is not there reads as zero and makes the whole message bad.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private int _at;

    internal bool IsBad { get; private set; }

    /// <summary>Nothing is left and nothing was missing.</summary>
    internal readonly bool IsWhole => !IsBad && _at == _body.Length;

    internal byte U8() => Take(1) is { Length: > 0 } bytes ? bytes[0] : (byte)0;

    internal int U16() => Take(2) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : 0;

    internal uint U32() => Take(4) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    internal ulong U64() => Take(8) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    internal long I64() => Take(8) is { Length: > 0 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    /// <summary>Bytes with their number before them.</summary>
    internal ReadOnlySpan<byte> Name() => Take(U8());

    internal ReadOnlySpan<byte> Text() => Take(U16());

    /// <summary>Bytes that must be zero.</summary>
    internal void Zero(int count)
    {
        if (Take(count).IndexOfAnyExcept((byte)0) >= 0)
        {
            IsBad = true;
        }
    }

    internal void Refuse() => IsBad = true;

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (IsBad || _body.Length - _at < count)
        {
            IsBad = true;
            return default;
        }

        _at += count;
        return _body.Slice(_at - count, count);
    }
}
