using Kedge.Data.Feed.Serving;
using Kedge.Data.Hub;
using Kedge.Model.Market;
using Kedge.TestSupport;

namespace Kedge.Data.Tests.Hub;

/// <summary>Candle keys: cheap to look at, changed by a new candle alone.</summary>
public sealed class HubPollTests
{
    private const long Minute = HubRig.Minute;
    private const long T0 = HubRig.T0;

    [Fact]
    public void A_key_is_the_close_time_of_the_last_closed_candle_and_an_unknown_one_must_be_analysed()
    {
        HubRig rig = HubCandleTests.Started(after: 20, stored: 20);
        rig.Watch("BTC", "ETH");
        long[] keys = new long[2];
        int[] due = new int[2];
        Assert.Equal(2, rig.Core.Poll(keys, due));
        Assert.Equal([T0 + (20 * Minute), CandleKey.Unknown], keys);
        Assert.Equal([0, 1], due);

        // ETH stays due until something is known of it; nothing is taken away by looking.
        Assert.Equal(1, rig.Core.Poll(keys, due));
        Assert.Equal(1, due[0]);
        long[] another = new long[2];
        Assert.Equal(2, rig.Core.Poll(another, due));

        rig.Up();
        rig.RunTo(T0 + (21 * Minute) + 2_000);
        Assert.Equal(1, rig.Core.Poll(keys, due));
        rig.Serve("BTC", HubRig.Bar(20));
        Assert.Equal(2, rig.Core.Poll(keys, due));
        Assert.Equal(T0 + (21 * Minute), keys[0]);
        rig.Watch("BTC");
        Assert.Equal(0, rig.Core.Poll(keys, due));
    }

    [Fact]
    public void Off_close_the_key_is_the_open_time_of_the_newest_candle_which_may_form()
    {
        HubRig rig = new(
            new HubSettings
            {
                Series = [new(HubRig.OneMinute, 10)],
                SignalOnCandleClose = false,
                UseRest = false,
            },
            T0 + (20 * Minute) + 30_000
        );
        for (int i = -20; i < 20; i++)
        {
            rig.Store("BTC", HubRig.Bar(i));
        }

        rig.Watch("BTC");
        rig.Run(100);
        long[] keys = new long[1];
        int[] due = new int[1];
        rig.Core.Poll(keys, due);
        Assert.Equal(T0 + (19 * Minute), keys[0]);
        rig.Up();
        rig.Quote("BTC", 99.0, 101.0);
        Assert.Equal(1, rig.Core.Poll(keys, due));
        Assert.Equal(T0 + (20 * Minute), keys[0]);
        rig.Quote("BTC", 99.0, 102.0);
        Assert.Equal(0, rig.Core.Poll(keys, due));
    }

    [Fact]
    public void Polling_and_reading_200_symbols_and_taking_prices_allocates_nothing()
    {
        string[] symbols = [.. Enumerable.Range(0, 200).Select(i => $"SYM{i}")];
        HubRig rig = new(new HubSettings { Series = [new(HubRig.OneMinute, 10)] }, T0 + (20 * Minute) + 2_500);
        foreach (string symbol in symbols)
        {
            for (int i = -20; i < 20; i++)
            {
                rig.Store(symbol, HubRig.Bar(i));
            }
        }

        rig.Watch(symbols);
        rig.Up();
        rig.Run(1_000);
        long[] keys = new long[200];
        int[] due = new int[200];
        Assert.Equal(200, rig.Core.Poll(keys, due));
        long sequence = 0;
        int fresh = 0;
        Pass();
        Assert.Equal(0, Allocations.Of(Pass));
        Assert.True(fresh >= 400);

        void Pass()
        {
            for (int i = 0; i < symbols.Length; i++)
            {
                FeedPrice mid = new(100.0 + i, 0, ++sequence, 0, 0, FeedSourceKind.Stream);
                rig.Core.Mid(symbols[i], mid, rig.Now, out _);
                FeedQuote quote = new(99.0, 101.0, rig.TrueMs, ++sequence, 0, 0, FeedSourceKind.Stream);
                rig.Core.Quote(symbols[i], quote, rig.Now, out _);
                fresh += rig.Core.Price(i, 10_000, rig.Now).IsFresh ? 1 : 0;
                fresh += rig.Core.Candle(i, HubRig.OneMinute, rig.Now).MayOpen ? 1 : 0;
            }

            rig.Core.Poll(keys, due);
        }
    }
}
