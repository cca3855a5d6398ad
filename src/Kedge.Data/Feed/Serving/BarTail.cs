using System.Buffers.Binary;

namespace Kedge.Data.Feed.Serving;

/// <summary>The newest closed bars of one symbol and interval as records, by open time.</summary>
internal sealed class BarTail(uint intervalSeconds, int held)
{
    private const int Record = FeedProtocol.CandleBytes;
    private byte[] _records = [];

    internal uint IntervalSeconds => intervalSeconds;

    internal int Count { get; private set; }

    /// <summary>The highest sequence among them; 0 when all were there at start.</summary>
    internal long Newest { get; private set; }

    internal ReadOnlySpan<byte> At(int index) => _records.AsSpan(index * Record, Record);

    internal static long OpenMs(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[16..]);

    internal static long Sequence(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record);

    /// <summary>Keeps a bar, in place of the one with its open time; a bar older than all that may be held is not kept.</summary>
    internal void Keep(ReadOnlySpan<byte> record)
    {
        long open = OpenMs(record);
        int index = Count;
        while (index > 0 && OpenMs(At(index - 1)) >= open)
        {
            index--;
        }

        bool isThere = index < Count && OpenMs(At(index)) == open;
        if (!isThere)
        {
            if (Count == held)
            {
                if (index == 0)
                {
                    return;
                }

                // The oldest makes room.
                index--;
                _records.AsSpan(Record, index * Record).CopyTo(_records);
            }
            else
            {
                if (_records.Length < (Count + 1) * Record)
                {
                    Array.Resize(ref _records, Math.Min(held, Math.Max(4, Count * 2)) * Record);
                }

                _records.AsSpan(index * Record, (Count - index) * Record).CopyTo(_records.AsSpan((index + 1) * Record));
                Count++;
            }
        }

        record.CopyTo(_records.AsSpan(index * Record));
        Newest = Math.Max(Newest, Sequence(record));
    }
}
