using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed;

public sealed class FeedRulesTests
{
    private const long Minute = FeedTruth.Minute;
    private static readonly Interval OneMinute = Interval.Parse("1m");
    private static readonly Interval ThreeMinutes = Interval.Parse("3m");
    private static readonly long T0 = FeedWorld.T0;

    [Fact]
    public void A_minute_of_an_unbroken_connection_closes_from_the_stream_soon_after_its_end()
    {
        FeedWorld world = Running();
        world.Run(UntilMinute(world, 10) + 5_000);
        FeedEffect.Served bar = Minutes(world, 9).First();
        Assert.Equal((ServedAs.Closed, BarSource.Stream, true), (bar.Kind, bar.Source, bar.IsComplete));
        Assert.Equal(world.Truth.Bar("A", OneMinute, T0 + (9 * Minute), world.VenueMs), bar.Bar);
    }

    [Fact]
    public void A_minute_in_which_the_connection_broke_is_confirmed_by_the_venue_first()
    {
        FeedWorld world = Running();
        world.Run(UntilMinute(world, 9) + 30_000);
        world.Tell(new FeedInput.Told(new VenueEvent.SessionDown("cut", 1_000)));
        world.Tell(new FeedInput.Told(new VenueEvent.SessionUp(2)));
        world.Run(60_000);
        Assert.Equal(BarSource.Rest, Minutes(world, 9).First().Source);
    }

    [Fact]
    public void A_longer_bar_is_composed_as_soon_as_its_minutes_are_closed()
    {
        FeedWorld world = Running();
        world.Run(UntilMinute(world, 12) + 5_000);
        FeedEffect.Served bar = world.Served.First(s => s.Interval == ThreeMinutes && s.Bar.OpenMs == T0 + (9 * Minute));
        Assert.Equal((ServedAs.Closed, BarSource.Composed, true), (bar.Kind, bar.Source, bar.IsComplete));
        Assert.Equal(world.Truth.Bar("A", ThreeMinutes, T0 + (9 * Minute), world.VenueMs), bar.Bar);
    }

    [Fact]
    public void A_late_update_overwrites_nothing_and_makes_the_venue_be_asked()
    {
        FeedWorld world = Running();
        world.Run(UntilMinute(world, 11) + 20_000);
        VenueCandle served = Minutes(world, 9).Last().Bar;
        world.Stream("A", served with { Close = served.Close - 0.1, Low = served.Low - 0.2 });
        int asked = world.Queries.Count;
        world.Run(5_000);
        Assert.Contains(world.Queries.Skip(asked), q => q.Interval == OneMinute && q.FromMs <= served.OpenMs);
        Assert.Equal(served, Minutes(world, 9).Last().Bar);

        world.Truth.Revise("A", served.OpenMs, served.Close + 0.1);
        world.Stream("A", served with { Close = served.Close + 0.1, High = served.High + 0.2 });
        world.Run(40_000);
        FeedEffect.Served revised = Minutes(world, 9).Last();
        Assert.Equal((ServedAs.Revised, served.Close + 0.1), (revised.Kind, revised.Bar.Close));
        world.AssertTruth(overForMs: 30_000);
    }

    [Fact]
    public void A_correction_of_which_no_stream_tells_is_found_and_reaches_the_longer_bars()
    {
        FeedWorld world = Running();
        world.Run(UntilMinute(world, 40));
        VenueCandle served = Minutes(world, 6).Last().Bar;
        world.Truth.Revise("A", served.OpenMs, served.Close + 0.3);
        world.Run(60_000);
        Assert.Equal(served.Close + 0.3, Minutes(world, 6).Last().Bar.Close);
        world.AssertTruth(overForMs: 20_000);
    }

    [Fact]
    public void A_correction_that_is_told_several_times_is_no_sign_of_a_clock_set_back()
    {
        FeedWorld world = Running();
        world.Run(UntilMinute(world, 60) - 1_000);

        // From the full hour on nothing trades.
        world.Edit = (_, bars) => [.. bars.Where(b => b.OpenMs < T0 + (60 * Minute))];
        world.Run(1_400);
        world.IsStreaming = false;
        world.Run(90_000);
        VenueCandle served = Minutes(world, 57).Last().Bar;
        world.Truth.Revise("A", served.OpenMs, served.High + 0.1);
        VenueCandle corrected = world.Truth.Bar("A", OneMinute, served.OpenMs, world.VenueMs)!.Value;
        for (int i = 0; i < 4; i++)
        {
            world.Stream("A", corrected);
        }

        world.Run(5_000);
        Interval hour = Interval.Parse("1h");
        FeedEffect.Served longer = world.Served.Last(s => s.Interval == hour && s.Bar.OpenMs == T0);
        Assert.Equal(world.Truth.Bar("A", hour, T0, world.VenueMs), longer.Bar);
        world.Edit = null;
        world.IsStreaming = true;
        world.Run(5 * Minute);
        Assert.Empty(world.Quarantined);
        world.AssertTruth(overForMs: 45_000);
    }

    [Fact]
    public void A_minute_that_an_answer_lacks_holds_up_completeness_but_no_later_bar()
    {
        FeedWorld world = Running(streaming: false);
        long lacking = T0 + (11 * Minute);
        bool hidden = true;
        world.Edit = (q, bars) => [.. bars.Where(b => !hidden || b.OpenMs != lacking || q.Interval != OneMinute)];
        world.Run(UntilMinute(world, 13) + 8_000);
        Assert.NotEmpty(Minutes(world, 12));
        Assert.Empty(Minutes(world, 11));
        FeedEffect.Served longer = world.Served.First(s => s.Interval == ThreeMinutes && s.Bar.OpenMs == T0 + (9 * Minute));
        Assert.Equal((BarSource.Rest, false), (longer.Source, longer.IsComplete));

        hidden = false;
        world.Run(60_000);
        Assert.NotEmpty(Minutes(world, 11));
        FeedEffect.Served last = world.Served.Last(s => s.Interval == ThreeMinutes && s.Bar.OpenMs == T0 + (9 * Minute));
        Assert.Equal((ServedAs.Completed, true), (last.Kind, last.IsComplete));
    }

    [Fact]
    public void A_minute_without_trades_is_settled_by_repeated_answers_and_never_invented()
    {
        FeedWorld world = new(3, new FeedTruth(3, 0), "A");
        world.Start();
        world.Run(30 * Minute);
        long empty = Enumerable
            .Range(5, 20)
            .Select(i => T0 + (i * Minute))
            .First(t => world.Truth.Bar("A", OneMinute, t, world.VenueMs) is null);
        Assert.DoesNotContain(world.Served, s => s.Interval == OneMinute && s.Bar.OpenMs == empty);
        Assert.Contains(world.Empty, e => e.Interval == OneMinute && e.Range.FromMs <= empty && empty < e.Range.ToMs);
        FeedEffect.Served around = world.Served.Last(s =>
            s.Interval == ThreeMinutes && s.Bar.OpenMs == empty / 180_000 * 180_000
        );
        Assert.True(around.IsComplete);
    }

    [Fact]
    public void A_bar_that_cannot_be_right_is_put_aside_and_asked_for_again()
    {
        FeedWorld world = Running(streaming: false);
        long bad = T0 + (10 * Minute);
        bool isBad = true;
        world.Edit = (q, bars) => [.. bars.Select(b => isBad && b.OpenMs == bad ? b with { High = b.Low - 1 } : b)];
        world.Run(UntilMinute(world, 13));
        Assert.Contains(world.Quarantined, q => q.Bar.OpenMs == bad && q.Interval == OneMinute);
        Assert.Empty(Minutes(world, 10));
        world.Run(20 * Minute);
        Assert.DoesNotContain(world.Empty, e => e.Interval == OneMinute && e.Range.FromMs <= bad && bad < e.Range.ToMs);
        isBad = false;
        world.Run(6 * Minute);
        world.AssertTruth(overForMs: 20_000);
    }

    [Fact]
    public void Subscriptions_stay_within_the_limit_and_the_rest_is_asked_for()
    {
        string[] symbols = ["A", "B", "C", "D"];
        FeedWorld world = new(1, new FeedTruth(1, 0) { HasGaps = false }, symbols)
        {
            Settings = new FeedSettings { HistoryBars = 300, SubscriptionLimit = 6 },
        };
        world.Start();
        VenueCommand.Subscribe wanted = world.Subscribed!;
        Assert.Equal(5, wanted.Candles.Count + wanted.Quotes.Count + (wanted.Mids ? 1 : 0));
        Assert.Equal([("A", OneMinute), ("B", OneMinute)], wanted.Candles);
        Assert.Contains(world.Alerts, a => a.Code == "subscription_limit");
        world.IsStreaming = false;
        world.Run(15 * Minute);
        world.AssertTruth(overForMs: 45_000);
    }

    [Fact]
    public void Questions_stay_within_their_weight_and_number()
    {
        FeedWorld world = new(1, new FeedTruth(1, 0), "A", "B", "C", "D", "E", "F")
        {
            Settings = new FeedSettings { HistoryBars = 2_000 },
        };
        world.Start();
        int before = 0;
        for (int minute = 1; minute <= 10; minute++)
        {
            world.Run(Minute);
            long weight = world.Queries.Skip(before).Sum(q => 20 + (((q.ToMs - q.FromMs) / q.Interval.Ms) + 59) / 60);
            Assert.InRange(weight, 0, minute == 1 ? 900 : 700);
            before = world.Queries.Count;
        }
    }

    [Fact]
    public void A_second_start_asks_only_for_what_is_missing()
    {
        FeedWorld world = Running();
        world.Run(20 * Minute);
        (string, Interval, long) hole = ("A", OneMinute, T0 - (200 * Minute));
        Assert.True(world.Stored.Remove(hole));
        world.Run(100);
        int before = world.Queries.Count;
        world.Start();
        world.Run(5 * Minute);
        VenueCommand.QueryCandles[] asked = [.. world.Queries.Skip(before)];
        Assert.All(asked, q => Assert.True((q.ToMs - q.FromMs) / q.Interval.Ms <= 130));
        VenueCommand.QueryCandles deep = Assert.Single(asked, q => q.ToMs < T0 - (100 * Minute) && q.Interval == OneMinute);
        Assert.Equal((hole.Item3, hole.Item3 + Minute), (deep.FromMs, deep.ToMs));
        Assert.True(world.Stored.ContainsKey(hole));
    }

    [Fact]
    public void Where_a_young_symbol_begins_is_learnt_once_and_remembered()
    {
        long listed = T0 - (150 * Minute);
        FeedWorld world = new(5, new FeedTruth(5, listed) { HasGaps = false }, "A");
        world.Start();
        world.Run(10 * Minute);
        Assert.Equal(listed, world.Listed[("A", OneMinute)]);
        int before = world.Queries.Count;
        world.Run(10 * Minute);
        world.Start();
        world.Run(5 * Minute);
        Assert.DoesNotContain(world.Queries.Skip(before), q => q.Interval == OneMinute && q.FromMs < listed - Minute);
        world.AssertTruth(overForMs: 20_000);
    }

    [Fact]
    public void Where_the_venue_keeps_a_bar_less_than_wanted_is_no_listing_and_is_not_looked_for()
    {
        // A venue that keeps 300 bars with the one that forms has only 299 that are over.
        FeedWorld world = new(1, new FeedTruth(1, 0) { HasGaps = false }, "A");
        world.Edit = (q, bars) => [.. bars.Where(b => b.OpenMs > world.VenueMs - (world.Settings.HistoryBars * q.Interval.Ms))];
        world.Start();
        world.Run(5 * Minute);
        Assert.Empty(world.Listed);
        Assert.Equal(100, world.Core.Progress()?.Percent);
        Assert.DoesNotContain(world.Queries, q => q.Interval != OneMinute && q.ToMs - q.FromMs < 50 * q.Interval.Ms);

        int before = world.Queries.Count;
        world.Start();
        world.Run(Minute);
        Assert.DoesNotContain(world.Queries.Skip(before), q => q.FromMs < T0 - (200 * q.Interval.Ms));
    }

    [Fact]
    public void Progress_counts_what_is_there_of_what_is_wanted_and_says_how_long_the_rest_takes()
    {
        FeedWorld world = new(1, new FeedTruth(1, 0), "A", "B");
        Assert.Null(world.Core.Progress());
        world.Start();
        world.Run(30_000);
        FeedProgress soon = world.Core.Progress()!.Value;
        Assert.Equal(2 * 6 * world.Settings.HistoryBars, soon.Wanted);
        Assert.InRange(soon.Had, 1, soon.Wanted - 1);
        Assert.True(soon.LeftMs > 0);

        world.Run(10 * Minute);
        FeedProgress end = world.Core.Progress()!.Value;
        Assert.Equal((end.Wanted, 0L), (end.Had, end.LeftMs));
    }

    [Fact]
    public void History_is_not_fetched_faster_than_it_is_stored_so_that_nothing_is_fetched_twice()
    {
        FeedWorld world = new(1, new FeedTruth(1, 0) { HasGaps = false }, "A");
        world.Settings = world.Settings with { MaxUnstored = 900, MaxBatch = 20, WeightPerMinute = 100_000 };
        world.Start();
        world.Run(4 * Minute);
        Assert.Equal(100, world.Core.Progress()?.Percent);
        foreach (Interval interval in world.Settings.Coarse.Prepend(OneMinute))
        {
            long old = T0 - (150 * interval.Ms);
            VenueCommand.QueryCandles[] asked = [.. world.Queries.Where(q => q.Interval == interval && q.FromMs < old)];
            Assert.True(
                asked.Sum(q => (Math.Min(q.ToMs, old) - q.FromMs) / interval.Ms) <= 151,
                $"{interval}: {string.Join('\n', asked.AsEnumerable())}"
            );
        }
    }

    [Fact]
    public void A_first_bar_that_the_first_answer_lacked_is_looked_for_together_with_those_that_follow()
    {
        // Younger than the bars that every question about the tail covers, and so many symbols that what an answer lacked is long not asked for again.
        Interval hour = Interval.Parse("1h");
        long listed = T0 - (5 * 60 * Minute);
        string[] symbols = ["A", "B", "C", "D", "E", "F", "G", "H"];
        FeedWorld world = new(5, new FeedTruth(5, listed) { HasGaps = false }, symbols);
        world.Edit = (q, bars) => [.. bars.Where(b => world.Ms > 62_000 || b.OpenMs != listed || q.Interval != hour)];
        world.Start();
        world.Run(30 * Minute);
        Assert.All(symbols, symbol => Assert.Equal(listed, world.Listed[(symbol, hour)]));
        Assert.All(symbols, symbol => Assert.Contains((symbol, hour, listed), world.Stored.Keys));
    }

    [Fact]
    public void A_full_disk_stops_storing_but_not_serving_and_loses_nothing()
    {
        FeedWorld world = Running();
        world.Run(UntilMinute(world, 10));
        world.IsDiskFull = true;
        int acknowledged = world.Acknowledged.Count;
        world.Run(10 * Minute);
        Assert.Equal(acknowledged, world.Acknowledged.Count);
        Assert.NotEmpty(Minutes(world, 18));
        Assert.Single(world.Alerts, a => a.Code == "disk_full");
        world.IsDiskFull = false;
        world.Run(Minute);
        Assert.Equal(0, world.Core.Unstored);
        Assert.Single(world.Alerts, a => a.Code == "storing_resumed");
        world.AssertTruth(overForMs: 20_000);
    }

    [Fact]
    public void More_unstored_bars_than_may_be_held_are_let_go_and_fetched_again()
    {
        FeedWorld world = new(1, new FeedTruth(1, 0) { HasGaps = false }, "A")
        {
            Settings = new FeedSettings { HistoryBars = 300, MaxUnstored = 50 },
            IsDiskFull = true,
        };
        world.Start();
        world.Run(10 * Minute);
        Assert.InRange(world.Core.Unstored, 1, 50);
        world.IsDiskFull = false;
        world.Run(20 * Minute);
        world.AssertTruth(overForMs: 20_000);
    }

    [Fact]
    public void A_local_clock_that_is_an_hour_ahead_closes_nothing_early()
    {
        FeedWorld world = new(1, new FeedTruth(1, 0) { HasGaps = false }, "A") { WallSkewMs = 3_500_000 };
        world.Start();
        world.Run(10 * Minute);
        world.WallSkewMs = -3_500_000;
        world.Run(10 * Minute);
        world.AssertTruth(overForMs: 20_000);
    }

    [Fact]
    public void A_question_that_waits_for_its_answer_is_not_asked_a_second_time()
    {
        FeedWorld world = Running();
        world.IsAnswering = false;
        int asked = world.Queries.Count;
        world.Run(4 * Minute);
        Assert.InRange(world.Queries.Count - asked, 1, world.Settings.MaxOutstanding);

        // Not for ever, should an answer be lost all the same.
        world.Run(4 * Minute);
        world.IsAnswering = true;
        world.Run(10 * Minute);
        world.AssertTruth(overForMs: 45_000);
    }

    [Fact]
    public void An_old_bar_that_an_answer_lacked_is_asked_for_with_its_neighbours()
    {
        long lacking = T0 - (200 * Minute);
        FeedWorld world = new(1, new FeedTruth(1, 0) { HasGaps = false }, "A")
        {
            Edit = (q, bars) => [.. bars.Where(b => b.OpenMs != lacking || q.Interval != OneMinute)],
        };
        world.Start();
        world.Run(3 * Minute);
        VenueCommand.QueryCandles again = world.Queries.Last(q =>
            q.Interval == OneMinute && q.FromMs <= lacking && lacking < q.ToMs
        );
        Assert.Equal((lacking - (20 * Minute), lacking + (21 * Minute)), (again.FromMs, again.ToMs));
    }

    [Fact]
    public void A_symbol_that_is_no_longer_watched_is_given_up()
    {
        FeedWorld world = Running();
        world.Run(10 * Minute);
        world.Tell(new FeedInput.Watch([], []));
        int asked = world.Queries.Count;
        world.Run(5 * Minute);
        Assert.Equal(asked, world.Queries.Count);
        Assert.Empty(world.Core.Status());
    }

    private static FeedWorld Running(bool streaming = true)
    {
        FeedWorld world = new(1, new FeedTruth(1, 0) { HasGaps = false }, "A") { IsStreaming = streaming };
        world.Start();
        world.Run(5 * Minute);
        return world;
    }

    private static long UntilMinute(FeedWorld world, int minute) => T0 + (minute * Minute) - world.VenueMs;

    private static IEnumerable<FeedEffect.Served> Minutes(FeedWorld world, int minute) =>
        world.Served.Where(s => s.Symbol == "A" && s.Interval == OneMinute && s.Bar.OpenMs == T0 + (minute * Minute));
}
