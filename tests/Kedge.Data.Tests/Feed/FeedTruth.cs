using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed;

/// <summary>What really traded: one minute in eight has no trade, prices and volumes have few decimals as a venue's have.</summary>
internal sealed class FeedTruth(ulong seed, long listedFromMs)
{
    public const long Minute = 60_000;
    private readonly Dictionary<(string, long), double> _revisedClose = [];

    public bool HasGaps { get; init; } = true;

    public void Revise(string symbol, long t, double close) => _revisedClose[(symbol, t)] = close;

    /// <summary>The bar as it is at a moment; null when nothing has traded in it by then.</summary>
    public VenueCandle? Bar(string symbol, Interval interval, long t, long nowMs)
    {
        if (interval.Ms == Minute)
        {
            return MinuteBar(symbol, t, nowMs);
        }

        List<VenueCandle> minutes = [];
        for (long m = t; m < Math.Min(t + interval.Ms, nowMs); m += Minute)
        {
            if (MinuteBar(symbol, m, nowMs) is VenueCandle bar)
            {
                minutes.Add(bar);
            }
        }

        if (minutes.Count == 0)
        {
            return null;
        }

        decimal volume = minutes.Sum(m => (decimal)m.Volume);
        return new VenueCandle(
            t,
            minutes[0].Open,
            minutes.Max(m => m.High),
            minutes.Min(m => m.Low),
            minutes[^1].Close,
            (double)volume,
            minutes.Sum(m => m.Trades)
        );
    }

    private VenueCandle? MinuteBar(string symbol, long t, long nowMs)
    {
        ulong h = Mix(seed ^ ((ulong)symbol[0] << 40) ^ (ulong)(t / Minute));
        if (t < listedFromMs || t >= nowMs || (HasGaps && h % 8 == 0))
        {
            return null;
        }

        // One trade in each fifth of the minute; a bar that forms knows those that have happened.
        long trades = Math.Min(5, ((nowMs - t) * 5 / Minute) + 1);
        double open = 100 + (h % 1_000 / 10.0);
        double high = open;
        double low = open;
        double close = open;
        decimal volume = 0.1m;
        for (long i = 1; i < trades; i++)
        {
            ulong d = Mix(h + (ulong)i);
            close = d % 20 < 10 ? Math.Round(open - (d % 10 / 10.0), 1) : Math.Round(open + (d % 10 / 10.0), 1);
            high = Math.Max(high, close);
            low = Math.Min(low, close);
            volume += (d % 1_000) / 1_000m;
        }

        if (nowMs >= t + Minute && _revisedClose.TryGetValue((symbol, t), out double revised))
        {
            close = revised;
            high = Math.Max(high, close);
            low = Math.Min(low, close);
        }

        return new VenueCandle(t, open, high, low, close, (double)volume, trades);
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9UL;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebUL;
        return x ^ (x >> 31);
    }
}
