using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>One thing the venue has wrong costs that thing and no other.</summary>
public sealed class BadDataTests
{
    private const long T = FakeVenue.Epoch;

    [Theory]
    [InlineData("\"0.0\"")]
    [InlineData("\"0\"")]
    [InlineData("\"-1.5\"")]
    [InlineData("\"\"")]
    [InlineData("\"abc\"")]
    [InlineData("\"1e400\"")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[1,{\"BTC\":\"1.0\"}]")]
    public void A_price_that_cannot_be_costs_its_symbol_alone(string bad)
    {
        FakeVenue venue = new();
        venue.Command(new VenueCommand.Subscribe(Mids: true, [], []));
        venue.Start().Run(2_000);
        for (int i = 0; i < 30; i++)
        {
            venue.Frame(
                """{"channel":"allMids","data":{"mids":{"BTC":"50000.5","ETH":?,"@107":?,"SOL":"20.0"}}}""".Replace(
                    "?",
                    bad,
                    StringComparison.Ordinal
                )
            );
        }

        Assert.Equal([("BTC", 50_000.5), ("SOL", 20.0)], venue.Mids.Take(2));
        Assert.Equal(60, venue.Mids.Count);
        Assert.Equal(30, venue.Session.Status.PricesDropped);
        Assert.Equal(SessionState.Up, venue.Session.Status.State);
        Assert.Contains(venue.Events, e => e is VenueEvent.Noted { Code: "price_dropped" });
    }

    [Fact]
    public void An_instrument_with_impossible_rules_does_not_keep_the_others_from_trading()
    {
        FakeVenue venue = new()
        {
            MutateAnswer = answer =>
                System.Text.Encoding.UTF8.GetBytes(
                    System
                        .Text.Encoding.UTF8.GetString(answer)
                        .Replace(
                            "\"name\":\"ETH\",\"szDecimals\":3",
                            "\"name\":\"ETH\",\"szDecimals\":9",
                            StringComparison.Ordinal
                        )
                ),
        };
        venue.Start().Run(2_000);
        Assert.Equal(1, venue.Ups);
        VenueEvent.InstrumentsAnswered told = Assert.Single(venue.Events.OfType<VenueEvent.InstrumentsAnswered>());
        Assert.Equal(["BTC", "SOL"], told.Instruments.Select(i => i.Symbol));
        Assert.Contains(
            venue.Events,
            e => e is VenueEvent.Noted { Code: "metadata" } n && n.Text.Contains("ETH", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{"type":"vaultDeposit","vault":"0x2222222222222222222222222222222222222222","usdc":"100.0"}""", -100)]
    [InlineData("""{"type":"vaultDistribution","vault":"0x2222222222222222222222222222222222222222","usdc":"100.0"}""", 100)]
    [InlineData("""{"type":"vaultCreate","vault":"0x2222222222222222222222222222222222222222","usdc":"100.0"}""", -100)]
    [InlineData("""{"type":"somethingNew","usdc":"100.0"}""", null)]
    [InlineData("""{"type":"deposit","usdc":"100.0"}""", 100)]
    [InlineData("""{"type":"withdraw","usdc":"100.0","fee":"1.0"}""", -100)]
    public void Money_that_left_is_not_told_as_money_that_came(string delta, int? usd)
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        venue.Frame(
            $$$$"""{"channel":"userNonFundingLedgerUpdates","data":{"user":"{{{{FakeVenue.User}}}}","nonFundingLedgerUpdates":[{"time":{{{{T + 2_000}}}},"hash":"0xaa","delta":{{{{delta}}}}}]}}"""
        );
        VenueEvent.Transferred told = Assert.Single(venue.Events.OfType<VenueEvent.Transferred>());
        Assert.Equal(usd, told.Transfer.Usd);
    }

    [Fact]
    public void A_market_stream_that_the_venue_never_acknowledged_is_told_stale()
    {
        FakeVenue venue = new(hasAccount: false) { AcksSubscriptions = false };
        venue.Command(new VenueCommand.Subscribe(Mids: true, ["BTC"], []));
        venue.Start().Run(120_000);
        Assert.Contains(venue.Events, e => e is VenueEvent.StreamAged { Channel: VenueChannel.Mids, IsStale: true });
        Assert.Contains(
            venue.Events,
            e => e is VenueEvent.StreamAged { Channel: VenueChannel.Quote, Symbol: "BTC", IsStale: true }
        );
    }
}
