using Kedge.Data.Feed;
using Kedge.Data.Hub;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Hub;

/// <summary>Closed bars, once and in order, from wherever they come.</summary>
public sealed class HubCandleTests
{
    private const long Minute = HubRig.Minute;
    private const long T0 = HubRig.T0;

    [Fact]
    public void A_late_start_catches_up_from_the_databases_without_skipping_or_doubling()
    {
        HubRig rig = Started(after: 20, stored: 19);
        rig.Up();

        // The feed's snapshot overlaps with what the databases have.
        for (int i = 15; i < 20; i++)
        {
            rig.Serve("BTC", HubRig.Bar(i));
        }

        Assert.Equal(Enumerable.Range(-6, 26).Select(i => T0 + (i * Minute)), rig.Closed.Select(c => c.Bar.OpenMs));
        Assert.Empty(rig.Revised);
        CandleFrame frame = rig.Candle("BTC");
        Assert.True(frame.MayOpen);
        Assert.Equal((T0 + (20 * Minute), HubSource.Feed), (frame.KeyMs, Settled(rig)));
    }

    [Fact]
    public void A_bar_waits_for_the_one_before_it_which_the_databases_have()
    {
        HubRig rig = Started(after: 20, stored: 20);
        rig.Up();
        rig.Run(Minute);
        rig.Run(Minute);
        rig.Serve("BTC", HubRig.Bar(21));
        Assert.Equal(T0 + (20 * Minute), rig.Candle("BTC").KeyMs);
        Assert.False(rig.Candle("BTC").IsFresh);
        rig.Store("BTC", HubRig.Bar(20));
        rig.Run(20_000);
        Assert.Equal([20, 21], rig.Closed.Select(c => (c.Bar.OpenMs - T0) / Minute).TakeLast(2));
        Assert.True(rig.Candle("BTC").MayOpen);
    }

    [Fact]
    public void A_minute_without_trades_holds_nothing_up_once_it_is_settled()
    {
        HubRig rig = Started(after: 20, stored: 20);
        rig.Up();
        rig.Run(2 * Minute);
        rig.StoredEmpty.Add(("BTC", new OpenRange(T0 + (20 * Minute), T0 + (21 * Minute))));
        rig.Serve("BTC", HubRig.Bar(21));
        rig.Run(20_000);
        Assert.Equal(T0 + (21 * Minute), rig.Closed[^1].Bar.OpenMs);
        Assert.True(rig.Candle("BTC").MayOpen);
    }

    [Fact]
    public void A_hole_that_nobody_fills_is_given_up_and_entries_are_refused_until_the_look_back_is_whole_again()
    {
        HubRig rig = Started(after: 20, stored: 20);
        rig.Up();
        rig.Run(2 * Minute);
        rig.Serve("BTC", HubRig.Bar(21));
        rig.Run(100_000);
        Assert.Equal(T0 + (21 * Minute), rig.Closed[^1].Bar.OpenMs);
        Assert.False(rig.Candle("BTC").IsComplete);
        Assert.Equal(1, rig.Core.Counters.HolesGivenUp);

        rig.Serve("BTC", HubRig.Bar(22));
        rig.Serve("BTC", HubRig.Bar(20));
        MarketCandle late = Assert.Single(rig.Revised);
        Assert.True(late.IsLate);
        Assert.True(rig.Candle("BTC").IsComplete);
        Assert.Equal(Ordered(rig), rig.Closed.Select(c => c.Bar.OpenMs));
    }

    [Fact]
    public void A_revision_is_told_as_one_and_an_older_reading_of_the_databases_does_not_undo_it()
    {
        HubRig rig = Started(after: 20, stored: 20);
        rig.Up();
        rig.Run(1_000);
        int closed = rig.Closed.Count;
        rig.Serve("BTC", HubRig.Bar(19, 105.0), ServedAs.Revised);
        rig.Give(new HubInput.FeedShed());
        rig.Run(5_000);
        rig.Serve("BTC", HubRig.Bar(19, 104.0), ServedAs.Closed, sequence: 0);

        MarketCandle revised = Assert.Single(rig.Revised);
        Assert.Equal((105.0, false), (revised.Bar.Close, revised.IsLate));
        Assert.Equal(closed, rig.Closed.Count);
        VenueCandle[] window = new VenueCandle[3];
        Assert.Equal(3, rig.Core.CopyBars(0, HubRig.OneMinute, window));
        Assert.Equal([17L, 18L, 19L], window.Select(b => (b.OpenMs - T0) / Minute));
        Assert.Equal(105.0, window[2].Close);
    }

    [Fact]
    public void What_the_feed_revised_while_it_could_not_be_heard_is_learned_from_the_databases()
    {
        HubRig rig = Started(after: 20, stored: 20);
        rig.Up();
        rig.Serve("BTC", HubRig.Bar(19));
        rig.Down();
        rig.Store("BTC", HubRig.Bar(19, 105.0));
        rig.Up(isNew: false);
        rig.Run(1_000);
        Assert.Equal(105.0, Assert.Single(rig.Revised).Bar.Close);
    }

    [Fact]
    public void The_newest_bar_of_an_answer_still_forms_and_is_never_told()
    {
        HubRig rig = Started(after: 20, stored: 20, rest: true);
        rig.Rest = q =>
        {
            long newest = (rig.TrueMs - T0) / Minute;
            VenueCandle[] bars = [HubRig.Bar(newest - 2), HubRig.Bar(newest - 1), HubRig.Bar(newest, 333.0)];
            return new VenueEvent.CandlesAnswered(q.Request, bars, IsLast: true, null);
        };
        rig.WallErrorMs = 10 * Minute;
        rig.RunTo(T0 + (23 * Minute) + 40_000);
        Assert.Equal(T0 + (22 * Minute), rig.Closed[^1].Bar.OpenMs);
        Assert.Equal(HubSource.Rest, rig.Closed[^1].Source);
        Assert.DoesNotContain(rig.Closed, c => c.Bar.Close == 333.0);
    }

    [Fact]
    public void A_symbol_that_is_given_up_is_told_no_more_and_begins_anew_when_it_is_wanted_again()
    {
        HubRig rig = Started(after: 20, stored: 20);
        rig.Up();
        rig.Run(1_000);
        rig.Watch();
        rig.Serve("BTC", HubRig.Bar(20));
        Assert.Equal(T0 + (19 * Minute), rig.Closed[^1].Bar.OpenMs);
        Assert.False(rig.Candle("BTC").MayOpen);
        rig.Closed.Clear();
        rig.Store("BTC", HubRig.Bar(20));
        rig.Run(Minute);
        rig.Watch("BTC");
        rig.Run(1_000);
        Assert.Equal(Enumerable.Range(-5, 26).Select(i => T0 + (i * Minute)), rig.Closed.Select(c => c.Bar.OpenMs));
        Assert.Equal(["BTC"], rig.Core.Symbols);
    }

    [Fact]
    public void A_wall_clock_that_is_hours_ahead_at_the_start_does_not_keep_bars_out()
    {
        HubRig rig = new(new HubSettings { Series = [new(HubRig.OneMinute, 10)], UseRest = false }, T0 + (20 * Minute) + 2_500)
        {
            WallErrorMs = 300 * Minute,
        };
        for (int i = -30; i < 20; i++)
        {
            rig.Store("BTC", HubRig.Bar(i));
        }

        rig.Watch("BTC");
        rig.Up();
        rig.Serve("BTC", HubRig.Bar(19));
        rig.Run(10_000);
        Assert.Equal(Enumerable.Range(-6, 26).Select(i => T0 + (i * Minute)), rig.Closed.Select(c => c.Bar.OpenMs));
    }

    [Fact]
    public void Bars_that_cannot_be_right_or_end_in_the_future_are_refused()
    {
        HubRig rig = Started(after: 20, stored: 20);
        rig.Up();
        rig.Serve("BTC", HubRig.Bar(19));
        rig.Serve("BTC", HubRig.Bar(20) with { High = 1.0 });
        rig.Serve("BTC", HubRig.Bar(20) with { OpenMs = T0 + (20 * Minute) + 1 });
        rig.Serve("BTC", HubRig.Bar(900));
        Assert.Equal(3, rig.Core.Counters.BadBars);
        Assert.Equal(T0 + (19 * Minute), rig.Closed[^1].Bar.OpenMs);
    }

    /// <summary>A hub that watches BTC some minutes after T0, with databases up to a minute.</summary>
    internal static HubRig Started(int after, int stored, bool rest = false, int lookback = 10)
    {
        HubRig rig = new(
            new HubSettings { Series = [new(HubRig.OneMinute, lookback)], UseRest = rest },
            T0 + (after * Minute) + 2_500
        );
        for (int i = -30; i < stored; i++)
        {
            rig.Store("BTC", HubRig.Bar(i));
        }

        rig.Watch("BTC");
        rig.Run(100);
        return rig;
    }

    private static HubSource Settled(HubRig rig)
    {
        rig.Run(10_000);
        return rig.Status("BTC", HubChannel.Candles).Source;
    }

    private static IEnumerable<long> Ordered(HubRig rig) => rig.Closed.Select(c => c.Bar.OpenMs).Order().Distinct();
}
