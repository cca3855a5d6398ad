using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Live;

/// <summary>What an engine does with another configuration while it runs.</summary>
public sealed class ConfigurationSwapTests
{
    private static readonly RiskSettings NoLossLimits = new() { MaxDailyLossPct = 0, MaxDrawdownPct = 0 };

    [Fact]
    public void Limits_hold_at_once_and_what_was_counted_stays_counted()
    {
        using LiveDesk desk = new(risk: NoLossLimits);
        desk.Buy("BTC", 1.0);
        desk.Handle(new EngineEvent.ConfigSwapped(desk.Engine.Rules, NoLossLimits with { MaxOrderNotionalUsd = 50 }));
        desk.Tick(new StrategySignal("ETH", SignalAction.Buy) { Quantity = 1.0 });
        Assert.Equal("max_notional", desk.Refusals[^1].Code);
        Assert.Equal(1, desk.Engine.Risk!.Receipts);
    }

    [Fact]
    public void The_ledger_says_when_which_configuration_followed_which()
    {
        using LiveDesk desk = new();
        desk.Handle(new EngineEvent.ConfigSwapped(desk.Engine.Rules with { ConfigId = "b" }));
        LedgerRow.AuditNoted row = Assert.Single(desk.Rows.OfType<LedgerRow.AuditNoted>(), r => r.Event == "CONFIG_SWAPPED");
        Assert.Equal("""{"from":"","to":"b"}""", row.DataJson);
    }

    [Fact]
    public void Two_edits_before_a_tick_are_a_chain_in_the_ledger()
    {
        using LiveDesk desk = new();
        desk.Handle(new EngineEvent.ConfigSwapped(desk.Engine.Rules with { ConfigId = "b" }));
        desk.Handle(new EngineEvent.ConfigSwapped(desk.Engine.Rules with { ConfigId = "c" }));
        string[] rows =
        [
            .. desk.Rows.OfType<LedgerRow.AuditNoted>().Where(r => r.Event == "CONFIG_SWAPPED").Select(r => r.DataJson!),
        ];
        Assert.Equal(["""{"from":"","to":"b"}""", """{"from":"b","to":"c"}"""], rows);
    }

    [Fact]
    public void What_an_engine_is_built_upon_stays_and_so_do_the_limits_that_came_with_it()
    {
        using LiveDesk desk = new(risk: NoLossLimits);
        EngineRules rules = desk.Engine.Rules with { Main = Interval.Parse("30m"), ConfigId = "b" };
        desk.Handle(new EngineEvent.ConfigSwapped(rules, NoLossLimits with { MaxOrderNotionalUsd = 50 }));
        Assert.Equal(
            "config_refused",
            Assert.Single(desk.Alerts, a => a.Code.StartsWith("config", StringComparison.Ordinal)).Code
        );
        desk.Buy("BTC", 1.0);
        Assert.Equal("", desk.Engine.Rules.ConfigId);
    }

    [Fact]
    public void Lots_that_the_venue_has_changed_since_the_start_are_not_forgotten()
    {
        using LiveDesk desk = new();
        EngineRules asAtTheStart = desk.Engine.Rules with { ConfigId = "b" };
        InstrumentSpec eth = desk.Engine.Rules.Instruments!.First(i => i!.Symbol == "ETH")!;
        InstrumentSpec btc = desk.Engine.Rules.Instruments!.First(i => i!.Symbol == "BTC")!;
        desk.Tell(new VenueEvent.InstrumentsAnswered([btc, eth with { SizeDecimals = 1 }], null));
        desk.Handle(new EngineEvent.ConfigSwapped(asAtTheStart));
        OrderIntent order = desk.Buy("ETH", 1.25);
        Assert.Equal("b", desk.Engine.Rules.ConfigId);
        Assert.Equal(1.2m, order.Size);
    }
}
