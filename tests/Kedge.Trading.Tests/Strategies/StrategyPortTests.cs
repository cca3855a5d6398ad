using Kedge.Kernel;
using Kedge.Model;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Strategies;

/// <summary>What becomes of a signal, and who else may touch a strategy's position.</summary>
public sealed class StrategyPortTests
{
    private static readonly StrategySignal Buy = new("ETH", SignalAction.Buy);
    private static readonly StrategySignal Sell = new("ETH", SignalAction.Sell);
    private static readonly StrategySignal Close = new("ETH", SignalAction.Close);

    [Fact]
    public void Opposite_signals_close_and_open_at_the_same_tick()
    {
        (List<Booking> bookings, _) = Run((10, Buy), (20, Sell), (30, Close));
        Assert.Equal(
            [
                (10, OrderAction.Open, Side.Long),
                (20, OrderAction.Close, Side.Long),
                (20, OrderAction.Open, Side.Short),
                (30, OrderAction.Close, Side.Short),
            ],
            bookings.Select(b => (BarOf(b), b.Action, b.Side))
        );
        Assert.All(bookings, b => Assert.Equal(ReasonCode.StrategySignal, b.Reason));
    }

    [Fact]
    public void Quantities_open_add_and_reduce_exactly()
    {
        (List<Booking> bookings, List<string> refused) = Run(
            (10, Buy with { Quantity = 0.5 }),
            (11, Buy),
            (12, Buy with { Quantity = 0.25 }),
            (13, new StrategySignal("ETH", SignalAction.Reduce) { Quantity = 0.5 }),
            (14, Close)
        );
        Assert.Equal(
            [(OrderAction.Open, 0.5), (OrderAction.Add, 0.25), (OrderAction.Reduce, 0.5), (OrderAction.Close, 0.25)],
            bookings.Select(b => (b.Action, b.Size))
        );
        Assert.Equal(["already_held"], refused);
    }

    [Theory]
    [InlineData("nothing_held")]
    [InlineData("asset_type")]
    [InlineData("quantity")]
    [InlineData("not_its_symbol")]
    [InlineData("unknown_word")]
    [InlineData("metadata")]
    [InlineData("margin_cap")]
    [InlineData("min_notional")]
    [InlineData("duplicate_signal")]
    public void A_signal_that_cannot_be_carried_out_is_refused_with_a_reason(string code)
    {
        (int, StrategySignal)[] script = code switch
        {
            "nothing_held" => [(5, Close)],
            "asset_type" => [(5, Buy with { Asset = AssetType.Equity })],
            "quantity" => [(5, new StrategySignal("ETH", SignalAction.Reduce))],
            "not_its_symbol" => [(5, new StrategySignal("DOGE", SignalAction.Buy))],
            "unknown_word" => [(5, new StrategySignal("ETH", (SignalAction)9))],
            "metadata" => [(5, Buy with { Metadata = new Dictionary<string, string> { ["why"] = new('x', 300) } })],
            "margin_cap" => [(5, Buy with { Quantity = 1e9 })],
            "min_notional" => [(5, Buy with { Quantity = 1e-9 })],
            _ => [(5, Buy with { Quantity = 1e-9 }), (5, Sell)],
        };
        (List<Booking> bookings, List<string> refused) = Run(
            script,
            p =>
            {
                p.Trade.BumpToMinNotional = false;
                return p;
            }
        );
        Assert.Empty(bookings);
        Assert.Contains(code, refused);
    }

    [Fact]
    public void Limits_of_the_portfolio_hold_for_strategies()
    {
        using StrategyMarket market = new(3, 40, "BTC", "ETH", "SOL");
        List<string> refused = [];
        StrategySignal[] all = [.. market.Symbols.Select(s => new StrategySignal(s, SignalAction.Buy))];
        StrategyBook book = StrategyMarket.All(
            new Scripted(v => v.TimeMs == StrategyMarket.Epoch + 11 * 3_600_000L ? all : []),
            market.Symbols
        );
        Parameters two = market.Input.Portfolio;
        two.Trade.MaxOpenPositions = 2;
        using StrategyMarket limited = new(market.Bars) { Input = market.Input with { Portfolio = two } };
        List<Booking> bookings = limited.Replay(book, e => Refusals(e, refused)).Bookings;
        Assert.Equal([0, 1], bookings.Where(b => b.Action == OrderAction.Open).Select(b => b.Symbol));
        Assert.Equal(["max_positions"], refused);
    }

    [Fact]
    public void Only_the_strategy_and_its_stop_close_its_position()
    {
        // The kernel's rules with tight exits hold the same bars and would leave at once.
        Parameters Tight(Parameters p)
        {
            p.Trade.SlAtrMult = 0.01;
            p.Trade.TpAtrMult = 0.01;
            return p;
        }

        ((int, StrategySignal)[] script, List<Booking> bookings) = ([(10, Buy)], []);
        (bookings, _) = Run(script, Tight);
        Assert.Equal(
            [(OrderAction.Open, ReasonCode.StrategySignal), (OrderAction.Close, ReasonCode.EndOfRun)],
            bookings.Select(b => (b.Action, b.Reason))
        );
    }

    [Theory]
    [InlineData(SignalAction.Buy, 0.95)]
    [InlineData(SignalAction.Sell, 1.05)]
    public void A_protective_stop_closes_at_the_first_price_beyond_its_level(SignalAction action, double level)
    {
        using StrategyMarket market = new(Falling(action == SignalAction.Buy ? -0.5 : 0.5));
        List<Booking> bookings = market
            .Replay(StrategyMarket.All(Scripted.At((10, new StrategySignal("ETH", action))), market.Symbols, stop: 5.0))
            .Bookings;
        Booking open = bookings[0];
        Booking close = bookings[1];
        Assert.Equal(ReasonCode.StopLoss, close.Reason);
        Assert.Equal(open.Price * level, close.Value, 9);
        int first = market
            .Bars["ETH"]
            .FindIndex(11, b => action == SignalAction.Buy ? b.Close <= close.Value : b.Close >= close.Value);
        Assert.Equal(first, BarOf(close));
    }

    [Fact]
    public void A_strategy_that_throws_wants_nothing_and_is_told()
    {
        using StrategyMarket market = new(3, 30, "ETH");
        List<string> alerts = [];
        Scripted broken = new(v =>
            v.TimeMs == StrategyMarket.Epoch + 6 * 3_600_000L ? throw new InvalidOperationException("no idea") : []
        );
        market.Replay(
            StrategyMarket.All(broken, market.Symbols),
            e => alerts.AddRange(e is EngineEffect.Alert { Code: "strategy_failed" } a ? [a.Text] : [])
        );
        Assert.Contains("scripted", Assert.Single(alerts), StringComparison.Ordinal);
        KedgeException failed = Assert.Throws<KedgeException>(() =>
            Kedge.Research.Replay.Driver.StrategyReplay.Run(market.Input, StrategyMarket.All(broken, market.Symbols), [])
        );
        Assert.Equal(FailureKind.Usage, failed.Kind);
    }

    [Fact]
    public void A_signal_from_outside_is_carried_out_at_the_next_tick()
    {
        using StrategyMarket market = new(3, 40, "ETH");
        List<string> refused = [];
        List<Booking> bookings = market
            .Replay(
                StrategyMarket.All(new OutsideStrategy(), market.Symbols),
                e => Refusals(e, refused),
                (_, driver, time) =>
                {
                    long at = time - 1;
                    if (time == StrategyMarket.Epoch + 11 * 3_600_000L)
                    {
                        driver.Tell(new EngineEvent.StrategySignal("outside_strategy", Sell), at);
                        driver.Tell(new EngineEvent.StrategySignal("outside_strategy", Buy), at);
                        driver.Tell(new EngineEvent.StrategySignal("nobody", Buy), at);
                    }
                }
            )
            .Bookings;
        Assert.Equal((10, OrderAction.Open, Side.Long), (BarOf(bookings[0]), bookings[0].Action, bookings[0].Side));
        Assert.Equal(["no_such_strategy"], refused);
    }

    [Fact]
    public void A_symbol_has_one_strategy()
    {
        StrategyAssignment cross = new(StrategyMarket.Cross(5, 20), ["BTC", "ETH"]);
        StrategyAssignment other = new(new Scripted(_ => []), ["ETH"]);
        KedgeException both = Assert.Throws<KedgeException>(() => StrategyBook.Of([], [cross, other]));
        Assert.Equal(FailureKind.Usage, both.Kind);
        Assert.Contains("ETH is given to moving_average_cross and to scripted", both.Message, StringComparison.Ordinal);
        KedgeException kernel = Assert.Throws<KedgeException>(() => StrategyBook.Of(["BTC"], [cross]));
        Assert.Contains("BTC is given to mei_alpha and to moving_average_cross", kernel.Message, StringComparison.Ordinal);
        Assert.Throws<KedgeException>(() => StrategyBook.Of([], [other with { StopLossPct = 100.0 }]));
    }

    private static (List<Booking> Bookings, List<string> Refused) Run(params (int, StrategySignal)[] script) =>
        Run(script, p => p);

    private static (List<Booking> Bookings, List<string> Refused) Run(
        (int, StrategySignal)[] script,
        Func<Parameters, Parameters> change
    )
    {
        using StrategyMarket market = new(3, 40, "ETH");
        Parameters p = change(StrategyMarket.Plain("ETH"));
        using StrategyMarket changed = new(market.Bars) { Input = market.Input with { Parameters = [p], Portfolio = p } };
        List<string> refused = [];
        return (
            changed.Replay(StrategyMarket.All(Scripted.At(script), changed.Symbols), e => Refusals(e, refused)).Bookings,
            refused
        );
    }

    private static void Refusals(EngineEffect effect, List<string> refused)
    {
        if (effect is EngineEffect.SignalRefused signal)
        {
            refused.Add(signal.Code);
        }
    }

    private static int BarOf(in Booking booking) => (int)((booking.TimeMs - StrategyMarket.Epoch) / 3_600_000L) - 1;

    private static Dictionary<string, List<Bar>> Falling(double step) =>
        new(StringComparer.Ordinal)
        {
            ["ETH"] =
            [
                .. Enumerable
                    .Range(0, 40)
                    .Select(i => (i, Close: 100.0 + i * step))
                    .Select(x => new Bar(
                        StrategyMarket.Epoch + x.i * 3_600_000L,
                        x.Close,
                        x.Close + 0.1,
                        x.Close - 0.1,
                        x.Close,
                        10.0
                    )),
            ],
        };
}
