using System.Buffers.Binary;

namespace Kedge.Data.Feed.Serving;

/// <summary>The newest records of a channel as bytes, written once for all clients. Each begins with its sequence; sequences follow one another from 1.</summary>
internal sealed class RecordRing(int held, int recordBytes)
{
    private readonly byte[] _bytes = new byte[held * recordBytes];

    /// <summary>Sequence of the newest; 0 when there is none.</summary>
    internal long Head { get; private set; }

    /// <summary>Cursors below this one have lost something.</summary>
    internal long Floor => Math.Max(0, Head - held);

    internal int RecordBytes => recordBytes;

    /// <summary>Room for the next record; its sequence is already written.</summary>
    internal Span<byte> Append()
    {
        Head++;
        Span<byte> record = _bytes.AsSpan(Place(Head), recordBytes);
        BinaryPrimitives.WriteInt64LittleEndian(record, Head);
        return record;
    }

    /// <summary>A record that is held.</summary>
    internal ReadOnlySpan<byte> At(long sequence) => _bytes.AsSpan(Place(sequence), recordBytes);

    /// <summary>Copies records; all of them must be held.</summary>
    internal void Copy(long from, int count, Span<byte> to)
    {
        int first = Place(from);
        int bytes = count * recordBytes;
        int straight = Math.Min(bytes, _bytes.Length - first);
        _bytes.AsSpan(first, straight).CopyTo(to);
        _bytes.AsSpan(0, bytes - straight).CopyTo(to[straight..]);
    }

    private int Place(long sequence) => (int)((sequence - 1) & (held - 1)) * recordBytes;
}
