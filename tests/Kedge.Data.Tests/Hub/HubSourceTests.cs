using Kedge.Data.Feed;
using Kedge.Data.Hub;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Hub;

/// <summary>Feed, then databases, then the venue, and back: each symbol and channel on its own, told once.</summary>
public sealed class HubSourceTests
{
    private const long Minute = HubRig.Minute;
    private const long T0 = HubRig.T0;

    [Fact]
    public void Where_the_feed_has_no_price_the_venues_own_mids_are_told_and_nothing_is_asked_for()
    {
        HubRig rig = Running("BTC");
        rig.Mid("BTC", 100.0);
        rig.Prices.Clear();
        rig.VenueMid("BTC", 100.5);
        Assert.Empty(rig.Prices);

        // The feed dies; its last price is not old yet, then it is.
        rig.Down();
        rig.Run(2_000);
        rig.VenueMid("BTC", 101.0);
        Assert.Empty(rig.Prices);
        int asked = rig.Questions.Count;
        for (int i = 0; i < 120; i++)
        {
            rig.Run(1_000);
            rig.VenueMid("BTC", 101.0 + i);
        }

        MarketPrice[] told = [.. rig.Prices.Where(p => p.Kind == PriceKind.Mid)];
        Assert.Equal((HubSource.Rest, 220.0, 0L), (told[^1].Source, told[^1].Mid, told[^1].AgeMs));
        Assert.True(told.Length >= 118, $"{told.Length}");
        Assert.Equal((220.0, 0L), (rig.Price("BTC").Price, rig.Price("BTC").AgeMs));
        Assert.DoesNotContain(rig.Questions.Skip(asked), q => q.FromMs > rig.TrueMs - (3 * Minute) && rig.Candle("BTC").MayOpen);
    }

    [Fact]
    public void A_venues_mid_that_stands_still_for_longer_than_a_market_does_grows_old_and_one_of_a_stranger_is_nothing()
    {
        HubRig rig = Running("BTC");
        rig.Rest = _ => null;
        rig.Down();
        rig.Prices.Clear();
        long limit = new HubSettings { Series = [new(HubRig.OneMinute, 10)] }.FrozenMs;
        for (long ms = 0; ms <= limit + 20_000; ms += 1_000)
        {
            rig.Run(1_000);
            rig.VenueMid("BTC", 101.0);
        }

        Assert.InRange(rig.Prices.Count, (limit / 1_000) - 5, (limit / 1_000) + 1);
        int told = rig.Prices.Count;
        rig.VenueMid("XYZ", 1.0);
        rig.VenueMid("BTC", double.NaN);
        Assert.Equal(told, rig.Prices.Count);
    }

    [Fact]
    public void A_feed_that_comes_back_with_an_old_price_does_not_put_it_in_the_place_of_the_venues()
    {
        HubRig rig = Running("BTC");
        rig.Down();
        rig.Run(20_000);
        rig.VenueMid("BTC", 101.0);
        rig.Up();
        int told = rig.Prices.Count;
        rig.Mid("BTC", 90.0, ageMs: 8_000);
        Assert.Equal(told, rig.Prices.Count);
        rig.Mid("BTC", 102.0, ageMs: 200);
        Assert.Equal(102.0, rig.Prices[^1].Mid);
        Assert.Equal(told + 1, rig.Prices.Count);
    }

    [Fact]
    public void A_mid_says_how_old_the_quote_beside_it_is()
    {
        HubRig rig = Running("BTC");
        rig.Quote("BTC", 99.0, 101.0);
        rig.Run(4_000);
        rig.Mid("BTC", 100.5);
        Assert.Equal((99.0, 4_000L, 0L), (rig.Prices[^1].Bid, rig.Prices[^1].QuoteAgeMs, rig.Prices[^1].AgeMs));
        rig.Quote("BTC", 100.0, 101.0);
        Assert.Equal((100.0, 0L), (rig.Prices[^1].Bid, rig.Prices[^1].QuoteAgeMs));
    }

    [Fact]
    public void Candles_fall_back_to_the_databases_then_to_the_venue_and_come_back()
    {
        HubRig rig = Running("BTC");
        Assert.Equal((HubSource.Feed, HubReason.Ok), Source(rig, "BTC", HubChannel.Candles));

        // The feed goes; another one keeps the databases up to date.
        rig.Down();
        for (int i = 22; i < 26; i++)
        {
            rig.RunTo(T0 + ((i + 1) * Minute) + 2_100);
            rig.Store("BTC", HubRig.Bar(i));
        }

        rig.Run(30_000);
        Assert.Equal((HubSource.Sqlite, HubReason.FeedDown), Source(rig, "BTC", HubChannel.Candles));
        Assert.True(rig.Candle("BTC").MayOpen);

        // The databases stop too.
        rig.RunTo(T0 + (29 * Minute) + 30_000);
        Assert.Equal((HubSource.Rest, HubReason.FeedDown), Source(rig, "BTC", HubChannel.Candles));
        Assert.Equal(T0 + (28 * Minute), rig.Closed[^1].Bar.OpenMs);
        Assert.True(rig.Candle("BTC").MayOpen);

        // So does the venue.
        rig.Rest = q => new VenueEvent.CandlesAnswered(q.Request, [], true, "HTTP 500");
        rig.Run(7 * Minute);
        Assert.Equal((HubSource.None, HubReason.FeedDown), Source(rig, "BTC", HubChannel.Candles));
        CandleFrame stale = rig.Candle("BTC");
        Assert.False(stale.MayOpen);
        Assert.InRange(stale.AgeMs, 5 * Minute, 10 * Minute);

        // All come back.
        rig.Up();
        long last = (rig.TrueMs - T0) / Minute;
        for (long i = 20; i < last; i++)
        {
            rig.Serve("BTC", HubRig.Bar(i));
        }

        rig.Run(10_000);
        Assert.Equal((HubSource.Feed, HubReason.Ok), Source(rig, "BTC", HubChannel.Candles));
        Assert.True(rig.Candle("BTC").MayOpen);
        Assert.Equal(
            [HubSource.Sqlite, HubSource.Feed, HubSource.Sqlite, HubSource.Rest, HubSource.None, HubSource.Feed],
            rig.Changes.Where(c => c.After.Channel == HubChannel.Candles).Select(c => c.After.Source)
        );
        Assert.Equal(rig.Closed.Select(c => c.Bar.OpenMs).Distinct().Order(), rig.Closed.Select(c => c.Bar.OpenMs));
        Assert.Equal((rig.TrueMs - T0) / Minute - 1, (rig.Closed[^1].Bar.OpenMs - T0) / Minute);
    }

    [Fact]
    public void One_symbol_falls_back_while_the_others_stay_with_the_feed()
    {
        HubRig rig = Running("BTC", "ETH");
        for (int i = 22; i < 26; i++)
        {
            rig.RunTo(T0 + ((i + 1) * Minute) + 2_100);
            rig.Serve("BTC", HubRig.Bar(i));
            rig.Store("ETH", HubRig.Bar(i));
            for (int s = 0; s < 50; s++)
            {
                rig.Run(1_000);
                rig.Mid("BTC", 100.0 + s);
            }
        }

        rig.Run(7_000);
        Assert.Equal((HubSource.Feed, HubReason.Ok), Source(rig, "BTC", HubChannel.Candles));
        Assert.Equal((HubSource.Sqlite, HubReason.FeedLate), Source(rig, "ETH", HubChannel.Candles));
        Assert.Equal((HubSource.Feed, HubReason.Ok), Source(rig, "BTC", HubChannel.Mid));
        Assert.Equal(HubReason.FeedSilent, Source(rig, "ETH", HubChannel.Mid).Reason);
        Assert.NotEqual(HubSource.Feed, Source(rig, "ETH", HubChannel.Mid).Source);
        Assert.True(rig.Candle("ETH").MayOpen);
    }

    [Fact]
    public void A_price_ages_though_others_tick_and_is_flagged_not_fresh()
    {
        HubRig rig = Running("BTC", "ETH");
        rig.Mid("BTC", 50_000.0);
        rig.Mid("ETH", 3_000.0, ageMs: 1_500, changedAgeMs: 4_000);
        PriceFrame frame = rig.Price("ETH");
        Assert.Equal((true, 1_500L, 4_000L, PriceKind.Mid), (frame.IsFresh, frame.AgeMs, frame.ChangedAgeMs, frame.Kind));
        for (int i = 0; i < 9; i++)
        {
            rig.Run(1_000);
            rig.Mid("BTC", 50_000.0 + i);
        }

        Assert.True(rig.Price("BTC").IsFresh);
        frame = rig.Price("ETH");
        Assert.Equal((false, 10_500L), (frame.IsFresh, frame.AgeMs));
        Assert.True(rig.Price("ETH", 11_000).IsFresh);
    }

    [Fact]
    public void A_price_that_is_repeated_unchanged_for_too_long_is_frozen()
    {
        HubRig rig = Running("BTC");
        rig.Rest = _ => null;
        for (long changed = 0; changed <= 602_000; changed += 1_000)
        {
            rig.Mid("BTC", 50_000.0, 0, changed);
            rig.Run(1_000);
        }

        Assert.False(rig.Price("BTC").IsFresh);
        Assert.Equal(HubReason.FeedFrozen, Source(rig, "BTC", HubChannel.Mid).Reason);

        // A quote that moves proves that the market does.
        rig.Quote("BTC", 49_999.0, 50_001.0);
        Assert.True(rig.Price("BTC").IsFresh);
    }

    [Fact]
    public void Without_a_mid_the_quote_serves_then_the_close_of_the_venues_newest_candle()
    {
        HubRig rig = Running("BTC");
        rig.Run(30_000);
        rig.Quote("BTC", 99.0, 101.0);
        PriceFrame quote = rig.Price("BTC");
        Assert.Equal(
            (100.0, 99.0, 101.0, PriceKind.QuoteMid, true),
            (quote.Price, quote.Bid, quote.Ask, quote.Kind, quote.IsFresh)
        );
        rig.Quote("BTC", 99.0, 0.0);
        Assert.NotEqual(PriceKind.QuoteMid, rig.Price("BTC").Kind);

        rig.Down();
        rig.Run(90_000);
        Assert.NotEqual(HubSource.Feed, Source(rig, "BTC", HubChannel.Mid).Source);
        Assert.Contains(rig.Prices, p => p is { Kind: PriceKind.CandleClose, Source: HubSource.Rest });
        Assert.True(rig.Price("BTC", 60_000).IsFresh);
        Assert.Equal(PriceKind.CandleClose, rig.Price("BTC", 60_000).Kind);
    }

    [Fact]
    public void A_connection_that_flickers_is_not_told_as_a_change_of_source()
    {
        HubRig rig = Running("BTC");
        int before = rig.Changes.Count;
        for (int i = 0; i < 60; i++)
        {
            rig.Down();
            rig.Run(300);
            rig.Up(isNew: false);
            rig.Mid("BTC", 100.0 + i);
            rig.Serve("BTC", HubRig.Bar(((rig.TrueMs - 2_500 - T0) / Minute) - 1));
            rig.Run(700);
        }

        Assert.Equal(before, rig.Changes.Count);
        Assert.Equal((HubSource.Feed, HubReason.Ok), Source(rig, "BTC", HubChannel.Mid));
    }

    [Fact]
    public void A_symbol_that_hardly_trades_is_not_told_to_leave_the_feed()
    {
        HubRig rig = Running("BTC");
        rig.Rest = _ => null;
        int before = rig.Changes.Count(c => c.After.Channel == HubChannel.Candles);
        for (int i = 22; i < 40; i++)
        {
            rig.RunTo(T0 + ((i + 1) * Minute) + 2_500);
            rig.Mid("BTC", 100.0 + i);
            if (i % 6 == 0)
            {
                rig.Store("BTC", HubRig.Bar(i));
                rig.Serve("BTC", HubRig.Bar(i));
            }
            else
            {
                // The feed settles a minute without trades half a minute later.
                rig.Run(30_000);
                rig.StoredEmpty.Add(("BTC", new OpenRange(T0 + (i * Minute), T0 + ((i + 1) * Minute))));
            }
        }

        Assert.Equal(before, rig.Changes.Count(c => c.After.Channel == HubChannel.Candles));
        Assert.Equal(HubSource.Feed, Source(rig, "BTC", HubChannel.Candles).Source);
    }

    [Fact]
    public void The_venue_is_asked_at_most_four_questions_at_a_time_with_a_gap_and_less_often_after_failures()
    {
        string[] symbols = [.. Enumerable.Range(0, 50).Select(i => $"S{i}")];
        HubRig rig = new(new HubSettings { Series = [new(HubRig.OneMinute, 10)] }, T0 + (20 * Minute)) { RestMs = 20_000 };
        int open = 0;
        int most = 0;
        rig.Rest = q =>
        {
            open--;
            return new VenueEvent.CandlesAnswered(q.Request, [], true, "HTTP 429");
        };
        rig.After = () =>
        {
            open = rig.Questions.Count - (int)rig.Core.Counters.RestFailures;
            most = Math.Max(most, open);
        };
        rig.Watch(symbols);
        rig.Run(10 * Minute);
        Assert.Equal(4, most);
        Assert.InRange(rig.Questions.Count, 50, 130);
        Assert.All(rig.Questions.GroupBy(q => q.Symbol), g => Assert.InRange(g.Count(), 1, 4));
        rig.Run(60 * Minute);
        Assert.All(rig.Questions.GroupBy(q => q.Symbol), g => Assert.InRange(g.Count(), 4, 14));
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_make_old_bars_young()
    {
        HubRig rig = Running("BTC");
        rig.Rest = _ => null;
        rig.Down();
        rig.WallErrorMs = -30 * Minute;
        rig.Run(6 * Minute);
        Assert.False(rig.Candle("BTC").IsFresh);
        Assert.False(rig.Price("BTC", 60_000).IsFresh);
    }

    /// <summary>Symbols that have run with the feed for two minutes.</summary>
    private static HubRig Running(params string[] symbols)
    {
        HubRig rig = new(new HubSettings { Series = [new(HubRig.OneMinute, 10)] }, T0 + (20 * Minute) + 2_500);
        rig.Rest = q => Venue(rig, q);
        foreach (string symbol in symbols)
        {
            for (int i = -20; i < 20; i++)
            {
                rig.Store(symbol, HubRig.Bar(i));
            }
        }

        rig.Watch(symbols);
        rig.Up();
        for (int i = 20; i < 22; i++)
        {
            rig.RunTo(T0 + ((i + 1) * Minute) + 2_100);
            foreach (string symbol in symbols)
            {
                rig.Store(symbol, HubRig.Bar(i));
                rig.Serve(symbol, HubRig.Bar(i));
                rig.Mid(symbol, 100.0);
            }
        }

        rig.Run(8_000);
        return rig;
    }

    /// <summary>The venue's candles, the last forming.</summary>
    private static VenueEvent.CandlesAnswered Venue(HubRig rig, VenueCommand.QueryCandles q)
    {
        long newest = (rig.TrueMs - T0) / Minute;
        long first = (q.FromMs - T0) / Minute;
        VenueCandle[] bars =
        [
            .. Enumerable.Range((int)first, (int)(newest - first) + 1).Select(i => HubRig.Bar(i, i == newest ? 123.0 : 100.0)),
        ];
        return new VenueEvent.CandlesAnswered(q.Request, bars, IsLast: true, null);
    }

    private static (HubSource Source, HubReason Reason) Source(HubRig rig, string symbol, HubChannel channel)
    {
        ChannelStatus status = rig.Status(symbol, channel);
        return (status.Source, status.Reason);
    }
}
