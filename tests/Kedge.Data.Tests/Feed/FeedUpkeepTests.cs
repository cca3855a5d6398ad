using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed;

/// <summary>What a feed keeps beside candles: funding, what trades, the clock; and what it deletes.</summary>
public sealed class FeedUpkeepTests
{
    private const long Minute = FeedTruth.Minute;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private static readonly Interval OneMinute = Interval.Parse("1m");
    private static readonly long T0 = FeedWorld.T0;

    [Fact]
    public void Funding_of_thirty_days_is_fetched_once_and_each_hour_after_its_end()
    {
        FeedWorld world = WithFunding("A", "B");
        world.Run(5 * Minute);
        Assert.Equal(2 * 30 * 24, world.Funding.Count, 2.0);
        VenueCommand.QueryFundingRates first = world.FundingQueries[0];
        Assert.Equal(30 * Day, first.ToMs - first.FromMs, 10.0);
        Assert.Equal(2, world.FundingQueries.Count);

        world.Run(56 * Minute);
        Assert.DoesNotContain(world.Funding.Keys, f => f.TimeMs >= T0 + Hour);
        world.Run(3 * Minute);
        Assert.Equal(2, world.Funding.Keys.Count(f => f.TimeMs == T0 + Hour + 12));
        Assert.Equal(4, world.FundingQueries.Count);
        Assert.Equal(T0 + 12 + 1, world.FundingQueries[^1].FromMs);
        Assert.Equal(0, world.Core.FundingBehind);
    }

    [Fact]
    public void A_second_start_asks_only_for_funding_that_is_not_stored()
    {
        FeedWorld world = WithFunding("A");
        world.Run(5 * Minute);
        int before = world.FundingQueries.Count;
        world.Run(3 * Hour);
        int hourly = world.FundingQueries.Count;
        world.Start();
        world.Run(30 * Minute);
        Assert.Equal(before + 3, hourly);
        Assert.Equal(hourly, world.FundingQueries.Count);
    }

    [Fact]
    public void Funding_that_is_late_refused_or_not_stored_is_asked_for_until_it_is_there()
    {
        FeedWorld world = WithFunding("A");
        world.Run(5 * Minute);
        Func<VenueCommand.QueryFundingRates, VenueEvent.FundingRatesAnswered> good = world.Rates!;
        world.Rates = query => new VenueEvent.FundingRatesAnswered(query.Request, [], true, "429");
        world.Run(58 * Minute);
        world.Rates = query => new VenueEvent.FundingRatesAnswered(query.Request, [], true, null);
        world.Run(4 * Minute);
        world.Rates = good;
        world.IsDiskFull = true;
        world.Run(6 * Minute);
        Assert.DoesNotContain(("A", T0 + Hour + 12), world.Funding.Keys);
        world.IsDiskFull = false;
        world.Run(20 * Minute);
        Assert.Contains(("A", T0 + Hour + 12), world.Funding.Keys);
        Assert.InRange(world.FundingQueries.Count, 4, 20);
    }

    [Fact]
    public void Funding_gets_its_turn_while_candles_are_always_due_and_stays_within_the_weight()
    {
        string[] symbols = [.. Enumerable.Range(0, 40).Select(i => $"S{i}")];
        FeedWorld world = WithFunding(symbols);
        for (int minute = 1; minute <= 30; minute++)
        {
            int candles = world.Queries.Count;
            int funding = world.FundingQueries.Count;
            world.Run(Minute);
            long weight =
                world.Queries.Skip(candles).Sum(q => 20 + (((q.ToMs - q.FromMs) / q.Interval.Ms) + 59) / 60)
                + world.FundingQueries.Skip(funding).Sum(q => 20 + ((q.ToMs - q.FromMs) / Hour / 20));
            Assert.InRange(weight, 0, minute == 1 ? 900 : 700);
        }

        Assert.True(world.Queries.Count > 2 * world.FundingQueries.Count);
        Assert.Equal(40, world.FundingQueries.Select(q => q.Symbol).Distinct().Count());
    }

    [Fact]
    public void What_trades_is_written_down_every_hour_and_an_empty_answer_is_not()
    {
        FeedWorld world = New("A");
        world.Trading = ["B", "A"];
        world.Start();
        world.Run(30 * Minute);
        FeedEffect.KeepUniverse first = Assert.Single(world.Universe);
        Assert.Equal(["A", "B"], first.Symbols);
        Assert.InRange(first.AtMs, T0 - Minute, T0 + 2 * Minute);
        world.Trading = [];
        world.Run(Hour);
        Assert.Single(world.Universe);
        world.Trading = ["A", "B", "C"];
        world.Run(2 * Hour);
        Assert.InRange(world.Universe.Count, 3, 4);
        Assert.Equal(["A", "B", "C"], world.Universe[^1].Symbols);
    }

    [Fact]
    public void A_symbol_that_trades_no_more_is_told_once_and_soon_not_asked_for()
    {
        FeedWorld world = New("A", "B");
        world.Trading = ["A", "B"];
        world.Start();
        world.Run(70 * Minute);
        world.Trading = ["A"];
        world.Run(70 * Minute);
        Assert.Single(world.Alerts, a => a.Code == "not_listed" && a.Text.StartsWith("B ", StringComparison.Ordinal));
        Assert.Equal([("A", OneMinute)], world.Subscribed!.Candles);
        world.Run(20 * Minute);
        int before = world.Queries.Count;
        world.Run(3 * Hour);
        Assert.DoesNotContain(world.Queries.Skip(before), q => q.Symbol == "B");
        Assert.Single(world.Alerts, a => a.Code == "not_listed");
        Assert.All(world.Core.Status(), s => Assert.Equal(s.Symbol == "A", s.IsListed));
        Assert.All(world.Core.Status().Where(s => s.Symbol == "B"), s => Assert.Equal(0, s.Missing));

        world.Trading = ["A", "B"];
        world.Run(70 * Minute);
        Assert.Single(world.Alerts, a => a.Code == "listed_again");
        world.AssertTruth(overForMs: 45_000);
    }

    [Fact]
    public void One_answer_that_lacks_a_symbol_proves_nothing()
    {
        FeedWorld world = New("A", "B");
        world.Trading = ["A"];
        world.Start();
        world.Run(20_000);
        world.Trading = ["A", "B"];
        world.Run(2 * Hour);
        Assert.Empty(world.Alerts);
        world.AssertTruth(overForMs: 45_000);
    }

    [Fact]
    public void Nothing_is_deleted_unless_days_were_given()
    {
        FeedWorld world = New("A");
        world.Start();
        world.Run(3 * Hour);
        Assert.Empty(world.Pruned);
    }

    [Theory]
    [InlineData("1m", 1, 300, 86_400_000L + (2 * 21_600_000L))] // a tenth of a day is less than 6 h
    [InlineData("1h", 400, 5_000, (400 + (2 * 7)) * 86_400_000L)] // a tenth of 400 d is more than 7 d
    [InlineData("1h", 100, 5_000, (5_000 * 3_600_000L) + (2 * 7 * 86_400_000L))] // never within what the feed wants itself
    [InlineData("15m", 30, 300, (30 + (2 * 3)) * 86_400_000L)]
    public void What_is_kept_is_the_horizon_and_twice_its_buffer(string interval, int days, int historyBars, long keptMs)
    {
        FeedSettings settings = new()
        {
            HistoryBars = historyBars,
            KeepDays = new Dictionary<string, int>(StringComparer.Ordinal) { [interval] = days },
        };
        Assert.Equal(keptMs, settings.KeptMs(Interval.Parse(interval)));
        Assert.Null(settings.KeptMs(Interval.Parse("5m")));
    }

    [Fact]
    public void Intervals_with_days_are_pruned_every_hour_by_the_venue_s_time()
    {
        FeedWorld world = New("A");
        world.Settings = world.Settings with { KeepDays = new Dictionary<string, int>(StringComparer.Ordinal) { ["1m"] = 2 } };
        world.WallSkewMs = 30 * Minute;
        world.Start();
        world.Run((2 * Hour) + Minute);
        Assert.Equal(3, world.Pruned.Count);
        Assert.All(world.Pruned, p => Assert.Equal(OneMinute, p.Interval));
        Assert.Equal(world.VenueMs - (2 * Day) - (Day / 2), world.Pruned[^1].BeforeMs, 3.0 * Minute);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(-5_000)]
    public void A_local_clock_that_is_off_is_told_once_and_once_more_when_it_is_right(long skewMs)
    {
        FeedWorld world = New("A");
        world.WallSkewMs = skewMs;
        world.Start();
        for (int i = 0; i < 40 * 60; i++)
        {
            if (i == 20 * 60)
            {
                world.WallSkewMs = 100;
            }

            world.Run(1_000);
            world.Tell(new FeedInput.VenueClock(world.VenueMs - 40));
            if (i == (20 * 60) - 1)
            {
                Assert.Equal(-skewMs - 40, world.Core.ClockOffsetMs);
                Assert.True(world.Core.IsClockOff);
            }
        }

        Assert.Equal(["clock_offset", "clock_ok"], world.Alerts.Select(a => a.Code));
        Assert.Equal(-140, world.Core.ClockOffsetMs);
    }

    [Fact]
    public void Minutes_that_form_show_a_local_clock_that_is_far_off_and_blame_no_good_one()
    {
        FeedWorld world = New("A");
        world.Start();
        world.Run(30 * Minute);
        Assert.Empty(world.Alerts);
        Assert.Equal(0, world.Core.ClockOffsetMs!.Value, 400.0);
        world.WallSkewMs = 20_000;
        world.Run(10 * Minute);
        Assert.Equal("clock_offset", Assert.Single(world.Alerts).Code);
    }

    private static FeedWorld New(params string[] symbols) => new(1, new FeedTruth(1, 0) { HasGaps = false }, symbols);

    private static FeedWorld WithFunding(params string[] symbols)
    {
        FeedWorld world = New(symbols);
        world.Rates = query =>
        {
            List<(long, double)> rates = [];
            for (long t = (query.FromMs - 12 + Hour - 1) / Hour * Hour; t + 12 < query.ToMs && t + 12 <= world.VenueMs; t += Hour)
            {
                rates.Add((t + 12, 1e-5));
            }

            return new VenueEvent.FundingRatesAnswered(query.Request, rates, true, null);
        };
        world.Start();
        return world;
    }
}
