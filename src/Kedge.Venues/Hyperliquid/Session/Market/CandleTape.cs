using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using VenueCandle = Kedge.Model.Venues.VenueCandle;
using WireCandle = Kedge.Venues.Hyperliquid.Wire.VenueCandle;

namespace Kedge.Venues.Hyperliquid.Session.Market;

/// <summary>Candles as they form: each told when it changes, and once more, complete as far as we heard, when the next begins.</summary>
internal sealed class CandleTape
{
    private const int MaxSeries = 2_000;

    private readonly Dictionary<(string Symbol, Interval Interval), VenueCandle> last = [];

    /// <summary>A candle of our own words.</summary>
    public static VenueCandle From(WireCandle candle) =>
        new(candle.OpenTimeMs, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.Trades);

    /// <summary>Takes a candle of the stream.</summary>
    public void Take(WireCandle wire, IEffectSink<SessionEffect> effects)
    {
        if (!Interval.TryParse(wire.Interval, out Interval interval))
        {
            return;
        }

        (string Symbol, Interval Interval) key = (wire.Coin, interval);
        VenueCandle candle = From(wire);
        bool isKnown = last.TryGetValue(key, out VenueCandle before);
        if (isKnown && candle.OpenMs > before.OpenMs)
        {
            effects.Add(new SessionEffect.Emit(new VenueEvent.CandleChanged(wire.Coin, interval, before)));
        }

        // A candle older than the newest is a revision: it is told and the newest stays.
        if ((isKnown && candle.OpenMs >= before.OpenMs) || (!isKnown && last.Count < MaxSeries))
        {
            last[key] = candle;
        }

        effects.Add(new SessionEffect.Emit(new VenueEvent.CandleChanged(wire.Coin, interval, candle)));
    }
}
