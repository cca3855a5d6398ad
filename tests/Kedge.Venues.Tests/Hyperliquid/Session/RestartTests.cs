using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>A cursor tells which records were delivered but not when they were: a restart must not take that for permission to forget them.</summary>
public sealed class RestartTests
{
    private const long T = FakeVenue.Epoch;
    private const long HourMs = 3_600_000;

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(24)]
    public void A_fill_that_came_long_after_the_one_before_is_not_told_again_after_a_restart(int hours)
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        venue.Trade(T + venue.NowMs);
        venue.Run(60_000);
        venue.Run(hours * HourMs);
        FakeFill last = venue.Trade(T + venue.NowMs);
        Assert.Equal(2, venue.Told.Count());
        VenueEvent.Filled kept = venue.Told.Last();
        Assert.Equal(last.TradeId, kept.Fill.TradeId);

        FakeVenue again = new(cursor: kept.Cursor, nowMs: venue.NowMs + 1_000);
        again.Fills.AddRange(venue.Fills);
        again.Start().Run(200_000);
        Assert.Empty(again.Told);
    }

    [Fact]
    public void A_funding_payment_is_not_told_again_after_a_restart()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        for (int hour = 1; hour <= 3; hour++)
        {
            venue.Run((hour * HourMs) - venue.NowMs);
            venue.Funding.Add(("BTC", T + venue.NowMs, "-1.0"));
            venue.Frame(
                $$$"""{"channel":"userFundings","data":{"user":"{{{FakeVenue.User}}}","fundings":[{"time":{{{T + venue.NowMs}}},"coin":"BTC","usdc":"-1.0","szi":"1.0","fundingRate":"0.0001"}]}}"""
            );
        }

        AccountCursor kept = venue.Events.OfType<VenueEvent.FundingPaid>().Last().Cursor;
        Assert.Equal(3, venue.Events.OfType<VenueEvent.FundingPaid>().Count());
        FakeVenue again = new(cursor: kept, nowMs: venue.NowMs + 1_000);
        again.Funding.AddRange(venue.Funding);
        again.Start().Run(1_000_000);
        Assert.DoesNotContain(again.Events, e => e is VenueEvent.FundingPaid);
    }

    [Fact]
    public void Many_delivered_fills_are_not_told_again_though_they_take_several_pages()
    {
        FakeVenue venue = new();
        for (int i = 0; i < 1_800; i++)
        {
            venue.Fills.Add(new FakeFill(1 + i, 7, T + (i * 1_000L))); // Half an hour, of which no answer told before the restart.
        }

        AccountCursor kept = new(T, [.. venue.Fills.Select(f => (f.TradeId!.Value, f.OrderId))], T, T, []);
        FakeVenue again = new(cursor: kept, nowMs: 1_900_000) { PageLimit = 700 };
        again.Fills.AddRange(venue.Fills);
        again.Start().Run(200_000);
        Assert.Empty(again.Told);
        Assert.Equal(1, again.Ups);
    }

    [Fact]
    public void A_gap_of_more_fills_than_the_venue_keeps_is_told()
    {
        SessionSettings settings = new() { WeightShare = 1.0 };
        FakeVenue venue = new(settings);
        venue.Fills.AddRange(Enumerable.Range(1, 10_000).Select(i => new FakeFill(i, 7, T + (i * 10L)))); // Older ones are out of reach.
        venue.Start().Run(200_000);
        Assert.Equal(1, venue.Ups);
        Assert.Equal(10_000, venue.Told.Count());
        Assert.Contains(venue.Events, e => e is VenueEvent.Noted { Code: "history_lost" });
    }

    [Fact]
    public void More_fills_in_one_millisecond_than_a_page_holds_are_told_as_lost()
    {
        FakeVenue venue = new();
        venue.Fills.AddRange(Enumerable.Range(1, 2_100).Select(i => new FakeFill(i, 7, T + 10)));
        venue.Fills.Add(new FakeFill(9_000, 7, T + 11));
        venue.Start().Run(60_000);
        Assert.Equal(1, venue.Ups);
        Assert.Contains(venue.Told, f => f.Fill.TradeId == 9_000);
        Assert.Contains(venue.Events, e => e is VenueEvent.Noted { Code: "history_lost" });
    }

    [Fact]
    public void More_fills_in_one_millisecond_than_keys_are_remembered_are_all_told()
    {
        FakeVenue venue = new FakeVenue(new SessionSettings { MaxKeys = 2_048 }).Start();
        venue.Run(2_000);
        FakeFill[] sweep = [.. Enumerable.Range(1, 2_500).Select(i => new FakeFill(i, 7, T + 2_000))];
        venue.Stream(sweep[..1_500]);
        venue.Stream(sweep[1_500..]);
        Assert.Equal(2_500, venue.Told.Count());
        venue.Stream(new FakeFill(9_000, 7, T + 2_001));
        venue.Stream(sweep);
        Assert.Equal(2_501, venue.Told.Count());
    }
}
