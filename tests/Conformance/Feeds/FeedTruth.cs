using Kedge.Data.Feed;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Feeds;

/// <summary>The candles of the simulated exchange, read past wire and faults.</summary>
/// <param name="gateway">The gateway.</param>
internal sealed class FeedTruth(Func<HyperliquidGateway> gateway)
{
    /// <summary>Every bar of a symbol that begins in a range, by open time; the last may still be forming.</summary>
    public SortedDictionary<long, VenueCandle> Bars(string symbol, Interval interval, OpenRange range)
    {
        IReadOnlyList<Instrument> instruments = gateway().Core.Settings.Instruments;
        int index = instruments.ToList().FindIndex(one => one.Name == symbol);
        SortedDictionary<long, VenueCandle> bars = [];
        foreach (CandleRecord c in gateway().Store.Candles.Between(index, interval.Ms, range.FromMs, range.ToMs - 1))
        {
            bars.Add(c.OpenMs, Read(instruments[index], c));
        }

        return bars;
    }

    private static VenueCandle Read(Instrument instrument, in CandleRecord c)
    {
        int prices = instrument.PriceDecimals;
        return new VenueCandle(
            c.OpenMs,
            Scale(c.Open, prices),
            Scale(c.High, prices),
            Scale(c.Low, prices),
            Scale(c.Close, prices),
            Scale(c.Volume, instrument.SizeDecimals),
            c.Trades
        );
    }

    /// <summary>The double nearest to the decimal number: its digits and the power of ten are exact, so that the quotient is rounded once.</summary>
    private static double Scale(long units, int decimals) => units / Math.Pow(10, decimals);
}
