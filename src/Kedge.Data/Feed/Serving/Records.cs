using System.Buffers.Binary;
using System.Text;

namespace Kedge.Data.Feed.Serving;

/// <summary>Writes the records of the channels; docs/reference/feed-protocol.md tells their layout.</summary>
internal static class Records
{
    internal static void Mid(Span<byte> to, int symbol, in PriceState s)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, s.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], s.ReceivedMs);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], s.VenueMs);
        BinaryPrimitives.WriteDoubleLittleEndian(to[24..], s.First);
        Tail(to[32..], symbol, s);
    }

    internal static void Quote(Span<byte> to, int symbol, in PriceState s)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, s.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], s.ReceivedMs);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], s.VenueMs);
        BinaryPrimitives.WriteDoubleLittleEndian(to[24..], s.First);
        BinaryPrimitives.WriteDoubleLittleEndian(to[32..], s.Second);
        Tail(to[40..], symbol, s);
    }

    internal static void Candle(Span<byte> to, int symbol, FeedEffect.Served served, long sequence, long nowMs)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, sequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], nowMs);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], served.Bar.OpenMs);
        BinaryPrimitives.WriteDoubleLittleEndian(to[24..], served.Bar.Open);
        BinaryPrimitives.WriteDoubleLittleEndian(to[32..], served.Bar.High);
        BinaryPrimitives.WriteDoubleLittleEndian(to[40..], served.Bar.Low);
        BinaryPrimitives.WriteDoubleLittleEndian(to[48..], served.Bar.Close);
        BinaryPrimitives.WriteDoubleLittleEndian(to[56..], served.Bar.Volume);
        BinaryPrimitives.WriteInt64LittleEndian(to[64..], served.Bar.Trades);
        BinaryPrimitives.WriteUInt32LittleEndian(to[72..], (uint)(served.Interval.Ms / 1_000));
        BinaryPrimitives.WriteUInt16LittleEndian(to[76..], (ushort)symbol);
        to[78] = (byte)(1 + (int)served.Kind);
        to[79] = (byte)(served.IsComplete ? ClosedFlag | CompleteFlag : ClosedFlag);
        to[80] = (byte)(1 + (int)served.Source);
        to[81..88].Clear();
    }

    internal const int ClosedFlag = 1;
    internal const int CompleteFlag = 2;
    internal const int BuyFlag = 1;
    internal const int AccountFixedBytes = 104;

    /// <summary>An event of the account; strings longer than they may be are cut.</summary>
    internal static byte[] Account(in FeedAccountEvent e, long heardMs)
    {
        byte[] symbol = Encoding.UTF8.GetBytes(e.Symbol);
        byte[] status = Encoding.UTF8.GetBytes(e.Status);
        int symbolLength = Math.Min(symbol.Length, FeedProtocol.MaxSymbolBytes);
        int statusLength = Math.Min(status.Length, FeedProtocol.MaxNameBytes);
        byte[] record = new byte[AccountFixedBytes + 2 + symbolLength + statusLength];
        BinaryPrimitives.WriteInt64LittleEndian(record, e.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), heardMs);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), e.VenueMs);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(24), e.OrderId);
        Decimal(record.AsSpan(32), e.Price);
        Decimal(record.AsSpan(48), e.Size);
        Decimal(record.AsSpan(64), e.AmountUsd);
        Decimal(record.AsSpan(80), e.FeeUsd);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(96), (ushort)record.Length);
        record[98] = (byte)e.Kind;
        record[99] = (byte)(e.IsBuy ? BuyFlag : 0);
        record[104] = (byte)symbolLength;
        symbol.AsSpan(0, symbolLength).CopyTo(record.AsSpan(105));
        record[105 + symbolLength] = (byte)statusLength;
        status.AsSpan(0, statusLength).CopyTo(record.AsSpan(106 + symbolLength));
        return record;
    }

    private static void Decimal(Span<byte> to, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(to[(4 * i)..], bits[i]);
        }
    }

    private static void Tail(Span<byte> to, int symbol, in PriceState s)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)Math.Clamp(s.ReceivedMs - s.ChangedMs, 0, uint.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], (ushort)symbol);
        to[6] = (byte)s.Source;
        to[7] = 0;
    }
}
