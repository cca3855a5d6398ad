using Kedge.Cli.Trading;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Tests.Trading;

/// <summary>What of the hub's words reaches the engine, and in which order.</summary>
public sealed class LaneMarketTests : IMarketHub
{
    private const long T0 = 1_704_067_200_000;
    private const long Minute = 60_000;
    private static readonly Interval OneMinute = Interval.Parse("1m");
    private readonly List<string> _told = [];
    private long _newest;
    private bool _isComplete = true;

    public IReadOnlyList<string> Symbols => ["BTC"];

    [Fact]
    public void A_bar_after_a_hole_comes_behind_the_word_that_one_lacks()
    {
        LaneMarket market = Market(T0);
        Close(market, 0);
        Close(market, 1);
        _isComplete = false;
        Close(market, 4);
        Assert.Equal(["closed 0", "closed 1", "revised 1", "closed 4"], _told);

        // The hole is filled, and another comes.
        _isComplete = true;
        Close(market, 5);
        _isComplete = false;
        Close(market, 8);
        Assert.Equal(["closed 5", "revised 5", "closed 8"], _told[4..]);
    }

    [Fact]
    public void The_look_back_of_a_hub_is_not_told_bar_by_bar()
    {
        LaneMarket market = Market(T0 + (100 * Minute));
        _newest = 99;
        for (int i = 0; i < 100; i++)
        {
            Tell(market, i);
        }

        Assert.Equal(["closed 97", "closed 98", "closed 99"], _told);
    }

    [Fact]
    public void A_clock_that_was_an_hour_ahead_at_the_start_cuts_no_hole_into_the_bars()
    {
        LaneMarket market = Market(T0 + (60 * Minute));
        for (int i = 0; i < 10; i++)
        {
            Close(market, i);
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"closed {i}"), _told);

        // Several at once, as after a pause: what is left out of them the engine reads anew.
        _newest = 19;
        for (int i = 10; i < 20; i++)
        {
            Tell(market, i);
        }

        Assert.Equal(["revised 9", "closed 17", "closed 18", "closed 19"], _told[10..]);
    }

    [Fact]
    public void Each_symbols_price_has_its_own_age()
    {
        LaneMarket market = Market(T0);
        market.Price(new MarketPrice(0, "BTC", 100.0, 0.0, 0.0, 0, T0, 70_000, PriceKind.Mid, HubSource.Feed));
        market.Price(new MarketPrice(0, "XRP", 1.0, 0.0, 0.0, 0, T0, 0, PriceKind.Mid, HubSource.Feed));

        // Known for 70 s by somebody, and for no longer than since the start by the lane.
        Assert.InRange(market.PriceAgeMs(0), 0, 30_000);
        Assert.InRange(market.YoungestPriceMs, 0, market.PriceAgeMs(1) + 1_000);
    }

    [Fact]
    public void A_quote_is_handed_on_once_and_not_again_with_each_mid()
    {
        List<(double Mid, double Bid)> prices = [];
        LaneMarket market = new(
            _ => 0,
            1,
            _ => { },
            (_, mid, bid, _, _, _) => prices.Add((mid, bid)),
            OneMinute,
            new LaneFeed(null, (_, _) => { }),
            T0,
            (_, _, _) => { }
        );
        market.Price(new MarketPrice(0, "BTC", 100.0, 99.0, 101.0, 0, T0, 0, PriceKind.Mid, HubSource.Feed));
        market.Price(new MarketPrice(0, "BTC", 100.5, 99.0, 101.0, 4_000, T0, 0, PriceKind.Mid, HubSource.Feed));
        market.Price(new MarketPrice(0, "BTC", 100.5, 99.5, 101.0, 0, T0, 2_000, PriceKind.Mid, HubSource.Feed));
        Assert.Equal([(100.0, 99.0), (100.5, 0.0), (100.5, 99.5)], prices);
    }

    public int IndexOf(string symbol) => 0;

    public int Poll(Span<long> keys, Span<int> due) => 0;

    public PriceFrame Price(int symbol, long maxAgeMs) => throw new NotSupportedException();

    public CandleFrame Candle(int symbol, Interval interval) =>
        CandleFrame.None with
        {
            KeyMs = T0 + ((_newest + 1) * Minute),
            IsComplete = _isComplete,
        };

    public int CopyBars(int symbol, Interval interval, Span<VenueCandle> bars) => 0;

    public IReadOnlyList<ChannelStatus> Status() => [];

    private LaneMarket Market(long startMs)
    {
        LaneMarket market = new(
            name => name == "BTC" ? 0 : -1,
            2,
            Told,
            (_, _, _, _, _, _) => { },
            OneMinute,
            new LaneFeed(null, (_, _) => { }),
            startMs,
            (_, _, _) => { }
        );
        market.Attach(this);
        return market;
    }

    private void Close(LaneMarket market, long index)
    {
        _newest = index;
        Tell(market, index);
    }

    private static void Tell(LaneMarket market, long index) =>
        market.CandleClosed(
            new MarketCandle(
                "BTC",
                OneMinute,
                new VenueCandle(T0 + (index * Minute), 1.0, 1.0, 1.0, 1.0, 1.0, 1),
                HubSource.Feed,
                IsLate: false
            )
        );

    private void Told(EngineEvent told) =>
        _told.Add(
            told switch
            {
                EngineEvent.CandleClosed closed => $"closed {(closed.Bar.OpenTimeMs - T0) / Minute}",
                EngineEvent.CandleRevised revised => $"revised {(revised.OpenMs - T0) / Minute}",
                _ => told.ToString(),
            }
        );
}
