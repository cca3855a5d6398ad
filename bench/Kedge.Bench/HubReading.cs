using BenchmarkDotNet.Attributes;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Bench;

/// <summary>What an engine reads off a hub of 200 symbols again and again.</summary>
public class HubReading : IEffectSink<HubEffect>
{
    private const int Symbols = 200;
    private const long T0 = 1_704_067_200_000;
    private static readonly Interval Minute = Interval.Parse("1m");
    private readonly HubCore _core = new(new HubSettings { Series = [new(Minute, 60)], UseRest = false });
    private readonly long[] _keys = new long[Symbols];
    private readonly int[] _due = new int[Symbols];
    private readonly string[] _names = [.. Enumerable.Range(0, Symbols).Select(i => $"SYM{i}")];
    private readonly Now _now = new(1_000, T0 + (100 * 60_000) + 2_500);
    private long _sequence;

    /// <summary>All symbols have history and a price.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Give(new HubInput.Watch(_names));
        Give(new HubInput.FeedUp(IsNewInstance: true));
        foreach (string name in _names)
        {
            for (long t = T0; t < T0 + (100 * 60_000); t += 60_000)
            {
                VenueCandle bar = new(t, 100, 101, 99, 100, 1, 1);
                FeedCandle served = new(
                    name,
                    Minute,
                    bar,
                    true,
                    ServedAs.Closed,
                    BarSource.Stream,
                    ++_sequence,
                    0,
                    IsSnapshot: true
                );
                Give(new HubInput.Candle(served));
            }
        }

        Prices();
        Poll();
    }

    /// <summary>One look at the candle keys of all symbols, none of them new.</summary>
    [Benchmark]
    public int Poll() => _core.Poll(_keys, _due);

    /// <summary>A mid of each symbol.</summary>
    [Benchmark]
    public int Prices()
    {
        int told = 0;
        foreach (string name in _names)
        {
            FeedPrice price = new(100.0, 0, ++_sequence, 0, 0, FeedSourceKind.Stream);
            told += _core.Mid(name, price, _now, out _) ? 1 : 0;
        }

        return told;
    }

    /// <summary>Price and candle frame of each symbol.</summary>
    [Benchmark]
    public int Frames()
    {
        int good = 0;
        for (int i = 0; i < Symbols; i++)
        {
            good += _core.Price(i, 10_000, _now).IsFresh ? 1 : 0;
            good += _core.Candle(i, Minute, _now).MayOpen ? 1 : 0;
        }

        return good;
    }

    /// <inheritdoc/>
    public void Add(in HubEffect effect) { }

    private void Give(HubInput input) => _core.Handle(in input, _now, this);
}
