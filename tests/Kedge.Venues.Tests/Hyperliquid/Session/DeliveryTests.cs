using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>Fills, funding and transfers arrive once each, whatever streams, pages, gaps and restarts do.</summary>
public sealed class DeliveryTests
{
    private const long T = FakeVenue.Epoch;

    [Fact]
    public void What_happened_before_the_connection_is_told_before_the_session_is_up()
    {
        FakeVenue venue = new();
        venue.Trade(T + 5);
        venue.Funding.Add(("BTC", T + 6, "-1.5"));
        venue.Ledger.Add(("0xaa", T + 7, "100.0"));
        venue.Start().Run(2_000);
        Assert.Equal(1, venue.Ups);
        int up = venue.Events.FindIndex(e => e is VenueEvent.SessionUp);
        Assert.InRange(venue.Events.FindIndex(e => e is VenueEvent.Filled), 0, up);
        Assert.InRange(venue.Events.FindIndex(e => e is VenueEvent.FundingPaid { Payment.Usd: -1.5m }), 0, up);
        Assert.InRange(venue.Events.FindIndex(e => e is VenueEvent.Transferred { Transfer.Usd: 100m }), 0, up);
    }

    [Fact]
    public void Repeated_and_reordered_stream_fills_are_told_once()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        FakeFill a = venue.Trade(T + 2_001, isStreamed: false);
        FakeFill b = venue.Trade(T + 2_002, isStreamed: false);
        venue.Stream(b, a);
        venue.Stream(a);
        venue.Stream(b, b);
        venue.Run(200_000);
        Assert.Equal([a.TradeId!.Value, b.TradeId!.Value], venue.Told.Select(f => f.Fill.TradeId));
        Assert.True(venue.Session.Status.FillsRepeated >= 3);
    }

    [Fact]
    public void One_trade_with_two_of_our_orders_is_two_fills()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        venue.Stream(new FakeFill(5, 1, T + 2_000), new FakeFill(5, 2, T + 2_000));
        Assert.Equal(2, venue.Told.Count());
    }

    [Fact]
    public void Fills_without_trade_id_are_told_apart_and_once()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        FakeFill[] fills = [new(null, 1, T + 2_000, 1), new(null, 1, T + 2_000, 2)];
        venue.Fills.AddRange(fills);
        venue.Stream(fills);
        venue.Stream(fills);
        venue.Run(100_000);
        Assert.Equal(2, venue.Told.Count());
        Assert.All(venue.Told, f => Assert.True(f.Fill.TradeId < 0));
    }

    [Fact]
    public void A_fill_the_stream_lost_is_found_while_connected()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        venue.Trade(T + 2_001, isStreamed: false);
        venue.Run(35_000);
        Assert.Single(venue.Told);
        Assert.Equal(1, venue.Session.Status.FillsFoundByAudit);
        Assert.Contains(venue.Events, e => e is VenueEvent.StreamAged { Channel: VenueChannel.Fills, IsStale: true });
        venue.Run(35_000);
        Assert.Contains(venue.Events, e => e is VenueEvent.StreamAged { Channel: VenueChannel.Fills, IsStale: false });
        Assert.Equal(1, venue.Ups);
    }

    [Fact]
    public void Who_misses_something_has_the_history_read_at_once()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        venue.Trade(T + 2_001, isStreamed: false);
        venue.Funding.Add(("BTC", T + 2_002, "-1.5"));
        venue.Ledger.Add(("0xaa", T + 2_003, "100.0"));
        venue.Run(1_000);
        Assert.Empty(venue.Told);
        venue.Command(new VenueCommand.QueryHistory());
        venue.Run(1_000);
        Assert.Single(venue.Told);
        Assert.Single(venue.Events.OfType<VenueEvent.FundingPaid>());
        Assert.Single(venue.Events.OfType<VenueEvent.Transferred>());
        venue.Command(new VenueCommand.QueryHistory());
        venue.Run(1_000);
        Assert.Single(venue.Told);
        Assert.Equal(1, venue.Ups);
    }

    [Fact]
    public void A_stream_that_goes_on_losing_fills_is_given_up_for_a_new_one()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        for (int i = 0; i < 5; i++)
        {
            venue.Trade(T + venue.NowMs, isStreamed: false);
            venue.Run(31_000);
        }

        Assert.True(venue.Ups >= 2);
        Assert.Equal(5, venue.Told.Count());
    }

    [Fact]
    public void A_late_fill_behind_the_newest_is_told()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(60_000);
        venue.Trade(T + 50_000);
        venue.Run(60_000);
        FakeFill late = venue.Trade(T + 20_000, isStreamed: false);
        venue.Run(40_000);
        Assert.Contains(venue.Told, f => f.Fill.TradeId == late.TradeId);
    }

    [Fact]
    public void Fills_during_a_gap_and_during_the_catch_up_are_told_in_order_without_a_snapshot()
    {
        FakeVenue venue = new FakeVenue { RestMs = 500 };
        venue.Start().Run(5_000);
        venue.Cut();
        venue.Trade(T + 5_001, isStreamed: false);
        while (!venue.Requests.Any(r => r.AtMs > 5_001 && r.Body.Contains("userFillsByTime", StringComparison.Ordinal)))
        {
            venue.Run(10);
        }

        venue.Trade(T + venue.NowMs); // Arrives while the page is on its way.
        venue.Run(5_000);
        Assert.Equal(2, venue.Ups);
        Assert.Equal([1_000L, 1_001L], venue.Told.Select(f => f.Fill.TradeId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pages_that_end_inside_a_millisecond_lose_nothing(bool hasSnapshot)
    {
        FakeVenue venue = new() { PageLimit = 700, SendsSnapshots = hasSnapshot };
        for (int i = 0; i < 3_000; i++)
        {
            venue.Trade(T + 10 + (i / 400)); // 400 fills a millisecond; pages of 700 end in the midst of them.
        }

        venue.Start().Run(200_000); // As many pages as this need more than a minute's weight.
        Assert.Equal(1, venue.Ups);
        Assert.Equal(Enumerable.Range(1_000, 3_000).Select(i => (long)i), venue.Told.Select(f => f.Fill.TradeId).Order());
        Assert.Equal(venue.Told.Select(f => f.Fill.TimeMs).Order(), venue.Told.Select(f => f.Fill.TimeMs));
    }

    [Fact]
    public void A_venue_that_puts_few_fills_into_an_answer_is_read_to_the_end()
    {
        FakeVenue venue = new(new SessionSettings { FillsPerPage = 6 }) { PageLimit = 6 };
        for (int i = 0; i < 100; i++)
        {
            venue.Trade(T + 10 + (i / 4)); // Four a millisecond; pages of six end in the midst of them.
        }

        venue.Start().Run(200_000); // As many pages as this need more than a minute's weight.
        Assert.Equal(1, venue.Ups);
        Assert.Equal(Enumerable.Range(1_000, 100).Select(i => (long)i), venue.Told.Select(f => f.Fill.TradeId).Order());
    }

    [Fact]
    public void A_fill_before_the_first_cursor_is_never_told_not_even_after_a_restart()
    {
        FakeVenue venue = new(nowMs: 200_000, cursor: AccountCursor.StartingAt(T + 100_000));
        venue.Fills.Add(new FakeFill(1, 1, T + 99_999));
        venue.Fills.Add(new FakeFill(2, 1, T + 100_001));
        venue.Start().Run(40_000);
        VenueEvent.Filled only = Assert.Single(venue.Told);
        FakeVenue again = new(nowMs: 240_000, cursor: only.Cursor);
        again.Fills.AddRange(venue.Fills);
        again.Start().Run(40_000);
        Assert.Empty(again.Told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Restarted_from_any_cursor_nothing_is_lost_or_told_twice(int seed)
    {
        Random random = new(seed);
        SessionSettings settings = new()
        {
            OverlapMs = 20_000,
            KeyWindowMs = 60_000,
            AuditEveryMs = 5_000,
        };
        FakeVenue venue = new(settings);
        venue.Start().Run(1_000);
        for (int i = 0; i < 150; i++)
        {
            int burst = random.Next(1, 4); // Several fills in one millisecond.
            List<FakeFill> fills = [.. Enumerable.Range(0, burst).Select(_ => venue.Trade(T + venue.NowMs, isStreamed: false))];
            if (random.Next(10) < 7)
            {
                venue.Stream(fills.Concat(random.Next(4) == 0 ? fills : []).OrderBy(_ => random.Next()));
            }

            venue.Run(random.Next(1, 3_000));
            if (random.Next(30) == 0)
            {
                venue.Cut();
                venue.Run(random.Next(1, 4_000));
            }
        }

        venue.Run(60_000);
        Assert.Equal(venue.Fills.Count, venue.Told.Count());
        Assert.Equal(venue.Fills.Count, venue.Told.Select(f => f.Fill.TradeId).Distinct().Count());

        List<VenueEvent.Filled> told = [.. venue.Told];
        for (int i = 0; i < told.Count; i += random.Next(5, 25))
        {
            FakeVenue again = new(settings, told[i].Cursor, venue.NowMs);
            again.Fills.AddRange(venue.Fills);
            again.SendsSnapshots = random.Next(2) == 0;
            again.Start().Run(30_000);
            HashSet<long> before = [.. told.Take(i + 1).Select(f => f.Fill.TradeId)];
            Assert.Equal(1, again.Ups);
            Assert.DoesNotContain(again.Told, f => before.Contains(f.Fill.TradeId));
            Assert.Equal(told.Select(f => f.Fill.TradeId).Order(), before.Concat(again.Told.Select(f => f.Fill.TradeId)).Order());
        }
    }

    [Fact]
    public void Funding_and_transfers_are_told_once_by_stream_and_pages_and_after_a_restart()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        venue.Funding.Add(("BTC", T + 2_000, "-1.0"));
        venue.Funding.Add(("ETH", T + 2_000, "2.0"));
        venue.Ledger.Add(("0xaa", T + 2_000, "100.0"));
        venue.Frame(
            $$$"""{"channel":"userFundings","data":{"user":"{{{FakeVenue.User}}}","fundings":[{"time":{{{T + 2_000}}},"coin":"BTC","usdc":"-1.0","szi":"1.0","fundingRate":"0.0001"}]}}"""
        );
        venue.Frame(
            $$$"""{"channel":"userNonFundingLedgerUpdates","data":{"user":"{{{FakeVenue.User}}}","nonFundingLedgerUpdates":[{"time":{{{T + 2_000}}},"hash":"0xaa","delta":{"type":"deposit","usdc":"100.00"}}]}}"""
        );
        venue.Run(700_000);
        Assert.Equal(["BTC", "ETH"], venue.Events.OfType<VenueEvent.FundingPaid>().Select(f => f.Payment.Symbol));
        VenueEvent.Transferred transfer = Assert.Single(venue.Events.OfType<VenueEvent.Transferred>());
        AccountCursor last = venue.Events.OfType<VenueEvent.FundingPaid>().Last().Cursor;
        Assert.Equal(100m, transfer.Transfer.Usd);
        FakeVenue again = new(cursor: last, nowMs: venue.NowMs);
        again.Funding.AddRange(venue.Funding);
        again.Ledger.AddRange(venue.Ledger);
        again.Start().Run(10_000);
        Assert.DoesNotContain(again.Events, e => e is VenueEvent.FundingPaid or VenueEvent.Transferred);
    }

    [Fact]
    public void Fills_of_somebody_else_are_not_told()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        string other = FakeVenue.User.Replace('1', '2').Replace("0x2", "0x1", StringComparison.Ordinal);
        venue.Frame(
            $$$"""{"channel":"userFills","data":{"user":"{{{other}}}","fills":[{{{new FakeFill(9, 9, T + 2_000).Json}}}]}}"""
        );
        Assert.Empty(venue.Told);
    }
}
