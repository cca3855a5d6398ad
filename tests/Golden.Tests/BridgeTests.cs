using Kedge.Configuration;
using Kedge.Data.Columns;
using Kedge.Golden.Engine;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>
/// The bridge from the earlier system to the product: where the decisions of <c>decisions.md</c> make no difference, the product's own loop
/// makes the same trades on real candles as the driver that reproduces the earlier system, with time stamps one interval later.
/// </summary>
public sealed class BridgeTests
{
    private const double SlippageBps = 0.5;
    private const double FeeBps = 3.5;

    /// <summary>Everything whose meaning was decided anew is switched off, and no limit binds.</summary>
    private static readonly (string Path, string Value)[] CommonGround =
    [
        ("filters.require_btc_alignment", "false"),
        ("market_regime.enable_regime_filter", "false"),
        ("market_regime.enable_auto_reverse", "false"),
        ("trade.enable_pyramiding", "false"),
        ("trade.enable_partial_tp", "false"),
        ("trade.enable_dynamic_leverage", "false"),
        ("trade.leverage", "3.0"),
        ("trade.allocation_pct", "0.01"),
        ("trade.max_open_positions", "1000"),
        ("trade.max_entry_orders_per_loop", "1000"),
        ("trade.max_total_margin_pct", "1.0"),
        ("trade.slippage_bps", "0.5"),
        ("trade.taker_fee_bps", "3.5"),
    ];

    [Theory]
    [InlineData("busy", "hl12_1h")]
    [InlineData("busy", "hl6_15m")]
    [InlineData("busy", "edge5_1h")]
    [InlineData("busy", "fix3_1h")]
    [InlineData("default", "hl12_1h")]
    [InlineData("entry_pullback_drift", "hl12_1h")]
    [InlineData("entry_macd_none", "hl12_1h")]
    [InlineData("filters_off", "edge5_1h")]
    [InlineData("filters_strict", "hl12_1h")]
    [InlineData("reverse_signal", "hl12_1h")]
    [InlineData("smart_exits_hot", "hl12_1h")]
    [InlineData("ssf_reef_off", "hl12_1h")]
    [InlineData("stoch_tight", "hl12_1h")]
    [InlineData("trailing_tight", "hl12_1h")]
    [InlineData("glitch_guard", "edge5_1h")]
    public void Product_makes_the_same_trades_one_interval_later(string config, string data)
    {
        string series = GoldenSeries.PathOf(data);
        string yaml = $"golden/configs/{config}.yaml";
        string? absent = ReferenceData.WhyAbsent(series, yaml);
        Assert.SkipWhen(absent is not null, absent ?? "");

        SortedDictionary<string, Bar[]> bars = GoldenSeries.Candles(data);
        Interval interval = Interval.Parse(data.Split('_')[1]);
        StrategyConfiguration configuration = ConfigurationLoader.Load(
            ReferenceData.Require(yaml),
            new ConfigurationOptions
            {
                Overrides = [.. CommonGround.Select(c => new ConfigurationOverride(c.Path, c.Value, "bridge"))],
            }
        );

        TradeRow[] expected = [.. Driver(bars, configuration.Portfolio).Where(r => r.Action != OrderAction.Funding)];
        List<Booking> actual = Product(bars, interval, configuration);

        Assert.True(expected.Length >= 10, $"only {expected.Length} rows: the bridge carries nothing");
        Assert.Equal(expected.Length, actual.Count);
        Compare(
            Comparable(expected, r => (r.TimeMs, r.Action, r.Symbol)),
            Comparable(actual, b => (b.TimeMs, b.Action, b.Symbol)),
            interval
        );
    }

    private static List<TradeRow> Driver(SortedDictionary<string, Bar[]> bars, Parameters parameters) =>
        GoldenEngine
            .Run(
                new GoldenInput
                {
                    Symbols = [.. bars.Keys],
                    Main = [.. bars.Values],
                    Parameters = parameters,
                }
            )
            .Trades;

    private static List<Booking> Product(
        SortedDictionary<string, Bar[]> bars,
        Interval interval,
        StrategyConfiguration configuration
    )
    {
        using MemoryCandleSet candles = new(
            interval,
            bars.ToDictionary(b => b.Key, b => (IReadOnlyList<Bar>)b.Value, StringComparer.Ordinal)
        );
        ReplayInput input = new()
        {
            Main = candles,
            Parameters = [.. candles.Symbols.Select(configuration.For)],
            Portfolio = configuration.Portfolio,
            Lookback = 200,
            InitialBalance = 10_000.0,
        };
        NoTrace trace = default;
        return ReplayEngine.Run(input, ref trace).Bookings;
    }

    /// <summary>
    /// Within a tick the two loops may book in different order: the driver closes flips among the other exits and ranks by a truncated score.
    /// Exits before entries, each by symbol, makes them comparable.
    /// </summary>
    private static List<T> Comparable<T>(IEnumerable<T> rows, Func<T, (long TimeMs, OrderAction Action, int Symbol)> key) =>
        [
            .. rows.Select((row, index) => (Row: row, Key: key(row), Index: index))
                .OrderBy(x => x.Key.TimeMs)
                .ThenBy(x => x.Key.Action == OrderAction.Open ? 1 : 0)
                .ThenBy(x => x.Key.Symbol)
                .ThenBy(x => x.Index)
                .Select(x => x.Row),
        ];

    /// <summary>
    /// Times, symbols, actions, reasons exact; prices and profit per unit to 1e-9. The one difference that remains is the fee of an entry:
    /// size × fill here, size × close there, that is notional × fee × slippage each. Balances may differ by the sum of that, and sizes, which
    /// are a share of equity, by as much relative to equity.
    /// </summary>
    private static void Compare(List<TradeRow> expected, List<Booking> actual, Interval interval)
    {
        double feeDrift = 0.0;
        double balance = 0.0;
        double ours = 0.0;
        for (int i = 0; i < expected.Count; i++)
        {
            TradeRow row = expected[i];
            Booking booking = actual[i];
            string where = $"row {i}: {row.TimeMs} {row.Symbol} {row.ActionText} {row.Reason}";
            Assert.True(row.TimeMs + interval.Ms == booking.TimeMs, where);
            Assert.True(row.Symbol == booking.Symbol && row.Action == booking.Action && row.Side == booking.Side, where);
            Assert.True(string.Equals(row.Reason, Kedge.Model.ReasonText.For(booking), StringComparison.Ordinal), where);
            Assert.True(row.Confidence == booking.Confidence, where);
            Near(row.Price, booking.Price, 1e-9, where);
            Near(row.Pnl / row.Size, booking.Pnl / booking.Size, 1e-8, where);
            double bound = feeDrift / (0.5 * row.Balance) + 1e-9;
            Near(row.Size, booking.Size, bound, where);
            feeDrift += row.Notional * (FeeBps / 10_000.0) * (SlippageBps / 10_000.0) * 1.01;
            balance += row.Pnl - row.Fee;
            ours += booking.Pnl - booking.Fee;
            Assert.True(Math.Abs(balance - ours) <= 2.0 * feeDrift + 1e-6, where);
        }
    }

    private static void Near(double expected, double actual, double relative, string where) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Abs(expected) + 1e-9,
            $"{where}: expected {expected:R}, got {actual:R}"
        );
}
