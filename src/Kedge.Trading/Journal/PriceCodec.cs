using Kedge.Model.Machines;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Journal;

/// <summary>Prices in few bytes: times as their distance from the moment they were handled at, no quote where there is none.</summary>
internal static class PriceCodec
{
    public static void Write(RecordBuffer into, in PriceTick price, in Now now)
    {
        bool isQuoted = BitConverter.DoubleToUInt64Bits(price.Bid) != 0 || BitConverter.DoubleToUInt64Bits(price.Ask) != 0;
        into.Number(price.Symbol);
        into.Byte(isQuoted ? (byte)1 : (byte)0);
        into.Double(price.Mid);
        if (isQuoted)
        {
            into.Double(price.Bid);
            into.Double(price.Ask);
        }

        into.Number(price.TimeMs - now.WallMs);
        into.Number(price.ReceivedMs - now.MonotonicMs);
    }

    /// <exception cref="InvalidDataException">It is cut.</exception>
    public static PriceTick Read(ref RecordReader from, in Now now)
    {
        int symbol = (int)from.Number();
        bool isQuoted = from.Byte() != 0;
        double mid = from.Double();
        double bid = isQuoted ? from.Double() : 0.0;
        double ask = isQuoted ? from.Double() : 0.0;
        return new PriceTick(symbol, mid, bid, ask, from.Number() + now.WallMs, from.Number() + now.MonotonicMs);
    }
}
