using Kedge.Model;

namespace Kedge.Configuration.Tests;

public sealed class StrictnessTests
{
    [Theory]
    [InlineData(
        "global:\n  trade:\n    sl_atr_mutl: 2\n",
        "c.yaml:3: trade.sl_atr_mutl is not a key; did you mean trade.sl_atr_mult?"
    )]
    [InlineData(
        "global:\n  trade:\n    min_adx: 2\n",
        "c.yaml:3: trade.min_adx is not a key; did you mean thresholds.entry.min_adx?"
    )]
    [InlineData(
        "global:\n  trade: {trailing: 1}\n",
        "c.yaml:2: trade.trailing is not a key; did you mean trade.trailing_start_atr?"
    )]
    [InlineData("global:\n  trde: {}\n", "c.yaml:2: trde is not a key; did you mean trade?")]
    [InlineData("globl: {}\n", "c.yaml:1: globl is not a key; did you mean global?")]
    [InlineData("trade: {}\n", "c.yaml:1: trade is not a key; did you mean global.trade?")]
    [InlineData("modes:\n  m1: {}\n", "c.yaml:2: modes.m1 is not a key; did you mean modes.primary?")]
    [InlineData("live:\n  global: {}\n  trade: {}\n", "c.yaml:3: live.trade is not a key; did you mean live.global.trade?")]
    [InlineData("global: {trade: {enable_pyramiding: yes}}", "c.yaml:1: trade.enable_pyramiding must be true or false, not yes")]
    [InlineData("global: {trade: {enable_pyramiding: 1}}", "c.yaml:1: trade.enable_pyramiding must be true or false, not 1")]
    [InlineData("global: {indicators: {adx_window: 14.0}}", "c.yaml:1: indicators.adx_window must be a whole number, not 14.0")]
    [InlineData("global: {indicators: {adx_window: 1}}", "c.yaml:1: indicators.adx_window must be 2…256, not 1")]
    [InlineData("global: {indicators: {adx_window: 257}}", "c.yaml:1: indicators.adx_window must be 2…256, not 257")]
    [InlineData("global: {trade: {leverage: '3'}}", "c.yaml:1: trade.leverage must be a number, not the text '3'")]
    [InlineData("global: {trade: {leverage: .nan}}", "c.yaml:1: trade.leverage must be finite, not .nan")]
    [InlineData("global: {trade: {leverage: 1e999}}", "c.yaml:1: trade.leverage must be finite, not 1e999")]
    [InlineData("global: {trade: {allocation_pct: 0}}", "c.yaml:1: trade.allocation_pct must be > 0 and ≤ 1, not 0")]
    [InlineData("global: {trade: {leverage: [1]}}", "c.yaml:1: trade.leverage must be a number, not a list")]
    [InlineData("global: {trade: 3}", "c.yaml:1: trade must be a map, not 3")]
    [InlineData(
        "global: {trade: {entry_min_confidence: hgh}}",
        "c.yaml:1: trade.entry_min_confidence must be one of low, medium, high, not hgh"
    )]
    [InlineData(
        "global: {engine: {interval: 2h}}",
        "c.yaml:1: engine.interval must be one of 1m, 3m, 5m, 15m, 30m, 1h, 4h, 1d, not 2h"
    )]
    [InlineData("global: {watchlist_exclude: BTC}", "c.yaml:1: watchlist_exclude must be a list of symbols, not BTC")]
    [InlineData("- a\n", "c.yaml:1: the file must be a map with the section global, not a list")]
    [InlineData(
        "global:\n  trade:\n    leverage: 2\n    leverage: 3\n",
        "c.yaml:4: global.trade.leverage is set twice; first on line 3"
    )]
    [InlineData(
        "symbols: {A: {trade: {max_open_positions: 1}}}",
        "c.yaml:1: trade.max_open_positions holds for the whole portfolio; it cannot be set for A alone"
    )]
    [InlineData(
        "symbols: {A: {market_regime: {enable_regime_gate: true}}}",
        "c.yaml:1: market_regime.enable_regime_gate holds for the whole portfolio; it cannot be set for A alone"
    )]
    [InlineData(
        "global: {trade: {vol_scalar_min: 2}}",
        "c.yaml:1: trade.vol_scalar_min 2 must be at most trade.vol_scalar_max 1"
    )]
    [InlineData("global: {trade: {adx_sizing_min_mult: 1.1}}", "c.yaml:1: trade.adx_sizing_min_mult must be 0…1, not 1.1")]
    [InlineData(
        "global: {engine: {exit_interval: 4h}}",
        "c.yaml:1: engine.exit_interval 4h must not be longer than engine.interval 1h"
    )]
    [InlineData("modes: {flat: {trade: {leverage: 0}}}", "c.yaml:1: trade.leverage must be ≥ 1, not 0")]
    public void A_mistake_is_named_with_its_line(string text, string expected)
    {
        KedgeException error = Assert.Throws<KedgeException>(() => Parse(text));
        Assert.Equal(expected, error.Message);
        Assert.Equal(FailureKind.Usage, error.Kind);
    }

    [Theory]
    [InlineData("global: {a", "c.yaml:1: not valid YAML")]
    [InlineData("global: {}\n---\nglobal: {}\n", "c.yaml:2: a second document")]
    [InlineData("global: *x\n", "c.yaml:1: not valid YAML: *x has no anchor")]
    [InlineData("global: !!str x\n", "c.yaml:1: the tag")]
    public void Broken_yaml_is_named_with_its_line(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<KedgeException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        string message = Assert
            .Throws<KedgeException>(() => Parse("global:\n  trade:\n    leverage: x\n    nonsense: 1\n"))
            .Message;
        Assert.Equal(
            "c.yaml:3: trade.leverage must be a number, not x\nc.yaml:4: trade.nonsense is not a key; 'kedge config show' lists all keys",
            message
        );
    }

    [Fact]
    public void Lenient_turns_unknown_keys_and_nothing_else_into_warnings()
    {
        StrategyConfiguration configuration = Parse("global: {trade: {sl_atr_mutl: 2}}", new() { Lenient = true });
        Assert.Equal(
            ["c.yaml:1: trade.sl_atr_mutl is not a key; did you mean trade.sl_atr_mult? (ignored)"],
            configuration.Warnings
        );
        Assert.Throws<KedgeException>(() => Parse("global: {trade: {leverage: 0}}", new() { Lenient = true }));
    }

    [Theory]
    [InlineData(
        "global: {indicators: {ave_avg_atr_window: 60}}",
        "c.yaml:1: indicators.ave_avg_atr_window is an older name of thresholds.entry.ave_avg_atr_window"
    )]
    [InlineData(
        "global: {filters: {block_exits_on_anomaly: true}}",
        "c.yaml:1: filters.block_exits_on_anomaly is retired: it has no effect; trade.block_exits_on_extreme_dev is the guard of the exits"
    )]
    [InlineData(
        "global: {indicators: {ema_fast_window: 50}}",
        "c.yaml:1: indicators.ema_fast_window 50 should be below indicators.ema_slow_window 50"
    )]
    [InlineData(
        "global: {trade: {reentry_cooldown_min_mins: 200}}",
        "c.yaml:1: trade.reentry_cooldown_min_mins 200 should be at most trade.reentry_cooldown_max_mins 180"
    )]
    [InlineData(
        "global: {engine: {entry_interval: 5m}}",
        "c.yaml:1: engine.entry_interval 5m has no effect while engine.signal_on_candle_close is true"
    )]
    public void What_deserves_a_look_is_a_warning(string text, string expected) => Assert.Equal([expected], Parse(text).Warnings);

    [Fact]
    public void An_alias_sets_its_key_and_excludes_it()
    {
        Assert.Equal(60, Parse("global: {indicators: {ave_avg_atr_window: 60}}").Portfolio.Entry.AveAvgAtrWindow);
        const string both = "global:\n  indicators: {ave_avg_atr_window: 60}\n  thresholds: {entry: {ave_avg_atr_window: 50}}\n";
        string message = Assert.Throws<KedgeException>(() => Parse(both)).Message;
        Assert.StartsWith(
            "c.yaml:3: thresholds.entry.ave_avg_atr_window and indicators.ave_avg_atr_window on line 2",
            message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("_meta: {role: x}\nglobal:\n")]
    public void A_file_may_say_nothing(string text) =>
        Assert.Equal(ConfigurationLoader.Defaults().ConfigId, Parse(text).ConfigId);

    [Theory]
    [InlineData("trade.sl_atr_mutl=2", "--set: trade.sl_atr_mutl is not a key; did you mean trade.sl_atr_mult?")]
    [InlineData(
        "symbols.A.trade.sl_atr_mutl=2",
        "--set: symbols.A.trade.sl_atr_mutl is not a key; did you mean trade.sl_atr_mult?"
    )]
    [InlineData(
        "symbols.A.engine.interval=1h",
        "--set: engine.interval holds for the whole portfolio; it cannot be set for A alone"
    )]
    [InlineData("trade.leverage=abc", "--set: trade.leverage must be a number, not abc")]
    public void A_wrong_override_is_named(string text, string expected)
    {
        ConfigurationOptions options = new() { Overrides = [ConfigurationOverride.Parse(text)] };
        Assert.Equal(expected, Assert.Throws<KedgeException>(() => ConfigurationLoader.Defaults(options)).Message);
    }

    [Fact]
    public void Exits_at_mid_prices_are_for_live_only()
    {
        StrategyConfiguration mid = Parse("global: {engine: {exit_interval: mid}}");
        Assert.True(mid.Settings.ExitAtMid);
        Assert.StartsWith(
            "c.yaml:1: engine.exit_interval mid",
            Assert.Throws<KedgeException>(mid.RequireReplayable).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("5m", Parse("global: {engine: {exit_interval: 5m_candle}}").Settings.ExitInterval!.Value.Name);
    }

    [Fact]
    public void A_missing_file_is_a_failure_of_the_environment()
    {
        KedgeException error = Assert.Throws<KedgeException>(() => ConfigurationLoader.Load("no/such.yaml"));
        Assert.Equal(FailureKind.Environment, error.Kind);
    }

    private static StrategyConfiguration Parse(string text, ConfigurationOptions? options = null) =>
        ConfigurationLoader.Parse(text, "c.yaml", options);
}
