using System.Text.Json;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Tests.Risk;

public sealed class RiskSettingsTests
{
    [Fact]
    public void A_configuration_that_says_nothing_has_the_documented_limits()
    {
        RiskSettings settings = RiskSettings.From(ConfigurationLoader.Defaults());

        Assert.Equal(JsonSerializer.Serialize(new RiskSettings()), JsonSerializer.Serialize(settings));
        Assert.Equal((10.0, 20.0, 5.0), (settings.MaxDailyLossPct, settings.MaxDrawdownPct, settings.MaxExposure));
        Assert.Equal(DrawdownReducePolicy.CloseAll, settings.DrawdownReducePolicy);
    }

    [Fact]
    public void A_variable_beats_the_file_and_an_empty_one_does_not()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["AI_QUANT_RISK_MAX_DRAWDOWN_PCT"] = "12.5",
            ["AI_QUANT_RISK_EXPOSURE_ENABLED"] = "1",
            ["AI_QUANT_RISK_EXPOSURE_EXCLUDE_SYMBOLS"] = "ETH, SOL",
            ["AI_QUANT_RISK_PERF_STOP_KILL_MODE"] = "halt_all",
            ["AI_QUANT_HEALTH_UNMATCHED_KILL"] = "yes",
            ["AI_QUANT_RISK_MAX_DAILY_LOSS_USD"] = " ",
        };
        ConfigurationOptions options = new() { Overrides = EnvironmentOverrides.Read(variables.GetValueOrDefault) };
        const string File = "global: {risk: {max_drawdown_pct: 15, max_daily_loss_usd: 40, exposure: {alts_max_longs: 3}}}";

        RiskSettings settings = RiskSettings.From(ConfigurationLoader.Parse(File, "file", options));

        Assert.Equal((12.5, 40.0), (settings.MaxDrawdownPct, settings.MaxDailyLossUsd));
        Assert.Equal((true, 3), (settings.Concentration.Enabled, settings.Concentration.MaxLongs));
        Assert.Equal(["ETH", "SOL"], settings.Concentration.Exclude);
        Assert.Equal(Trading.Safety.KillMode.HaltAll, settings.PerformanceStop.KillMode);
        Assert.Equal(Trading.Safety.KillMode.CloseOnly, settings.Health.UnmatchedKill);
    }

    [Theory]
    [InlineData("AI_QUANT_RISK_MAX_ENTRY_ORDERS_PER_MIN", "0")]
    [InlineData("AI_QUANT_RISK_MAX_DRAWDOWN_PCT", "NaN")]
    [InlineData("AI_QUANT_RISK_DRAWDOWN_REDUCE_POLICY", "close")]
    [InlineData("AI_QUANT_HEALTH_GUARD", "maybe")]
    public void A_variable_that_is_wrong_is_an_error_that_names_it(string variable, string value)
    {
        ConfigurationOptions options = new() { Overrides = EnvironmentOverrides.Read(v => v == variable ? value : null) };

        Assert.Contains(
            variable,
            Assert.Throws<KedgeException>(() => ConfigurationLoader.Defaults(options)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_documented_variable_has_its_key()
    {
        string[] variables = [.. KeyTable.Keys.Select(k => k.Variable).OfType<string>()];

        Assert.Equal(variables.Length, variables.Distinct(StringComparer.Ordinal).Count());
        Assert.All(
            KeyTable.Keys.Where(k => k.Path.StartsWith("risk.", StringComparison.Ordinal)),
            k => Assert.NotNull(k.Variable)
        );
    }

    [Theory]
    [InlineData("max_daily_loss_pct")]
    [InlineData("max_drawdown_pct")]
    [InlineData("max_exposure")]
    public void A_lane_with_money_does_not_start_without_its_limits(string key)
    {
        RiskSettings.From(ConfigurationLoader.Defaults()).RequireForLive();
        StrategyConfiguration off = ConfigurationLoader.Parse($"global: {{risk: {{{key}: 0}}}}", "file");

        KedgeException refused = Assert.Throws<KedgeException>(() => RiskSettings.From(off).RequireForLive());
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains("risk." + key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_starts_with_one_small_position_unless_the_file_says_otherwise()
    {
        ConfigurationOptions live = new() { Defaults = LiveDefaults.Read(_ => null) };
        StrategyConfiguration silent = ConfigurationLoader.Parse("", "file", live);
        StrategyConfiguration loud = ConfigurationLoader.Parse("global: {trade: {max_open_positions: 7}}", "file", live);
        StrategyConfiguration variable = ConfigurationLoader.Parse(
            "symbols: {ETH: {trade: {min_margin_usd: 9}}}",
            "file",
            new() { Defaults = LiveDefaults.Read(v => v == "AI_QUANT_LIVE_MAX_OPEN_POSITIONS" ? "3" : null) }
        );

        Assert.Equal(1, silent.Portfolio.Trade.MaxOpenPositions);
        Assert.Equal((15.0, 6.0), (silent.Portfolio.Trade.MaxNotionalUsdPerOrder, silent.Portfolio.Trade.MinMarginUsd));
        Assert.Equal(7, loud.Portfolio.Trade.MaxOpenPositions);
        Assert.Equal(3, variable.Portfolio.Trade.MaxOpenPositions);
        Assert.Equal((9.0, 6.0), (variable.For("ETH").Trade.MinMarginUsd, variable.For("BTC").Trade.MinMarginUsd));
    }

    [Fact]
    public void Variables_of_the_engine_hold_where_the_file_is_silent()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["AI_QUANT_SIGNAL_ON_CANDLE_CLOSE"] = "0",
            ["AI_QUANT_CANDLE_CLOSE_GRACE_MS"] = "5000",
            ["AI_QUANT_INTERVAL"] = "15m",
            ["AI_QUANT_ENTRY_INTERVAL"] = " ",
        };
        ConfigurationOptions options = new() { Defaults = EnvironmentDefaults.Read(variables.GetValueOrDefault) };
        StrategyConfiguration silent = ConfigurationLoader.Parse("", "file", options);
        Assert.False(silent.Portfolio.SignalOnCandleClose);
        Assert.Equal((5_000, "15m"), (silent.Settings.CandleCloseGraceMs, silent.Settings.MainInterval.ToString()));
        StrategyConfiguration loud = ConfigurationLoader.Parse(
            "global: {engine: {signal_on_candle_close: true, interval: 5m}}",
            "file",
            options
        );
        Assert.True(loud.Portfolio.SignalOnCandleClose);
        Assert.Equal((5_000, "5m"), (loud.Settings.CandleCloseGraceMs, loud.Settings.MainInterval.ToString()));

        variables["AI_QUANT_CANDLE_CLOSE_GRACE_MS"] = "soon";
        ConfigurationOptions wrong = new() { Defaults = EnvironmentDefaults.Read(variables.GetValueOrDefault) };
        KedgeException said = Assert.Throws<KedgeException>(() => ConfigurationLoader.Parse("", "file", wrong));
        Assert.Contains("AI_QUANT_CANDLE_CLOSE_GRACE_MS", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_and_names_lead_to_each_other_and_stay_what_they_are()
    {
        Assert.Equal(
            "close_only=101 halt_all=102 hard_kill=103 equity_unknown=104 bad_number=105 loss_streak=106 max_leverage=110 max_notional=111 "
                + "max_symbol_notional=112 max_gross_notional=113 max_net_exposure=114 max_exposure=115 max_positions=116 "
                + "exposure_alts_longs=120 exposure_alts_shorts=121 portfolio_heat=122 min_order_gap=130 entry_rate=131 "
                + "entry_rate_symbol=132 entry_notional_rate=133 exit_rate=134 cancel_rate=135",
            string.Join(' ', RiskCodes.All.Select(c => $"{c.Name()}={c.ToRefusal()}"))
        );
        Assert.All(RiskCodes.All, c => Assert.True(RiskCodes.TryParse(c.Name(), out RiskCode found) && found == c));
        Assert.All(RiskCodes.All, c => Assert.True(RiskCodes.TryFromRefusal(c.ToRefusal(), out RiskCode found) && found == c));
        Assert.False(RiskCodes.TryFromRefusal(0, out _));
        Assert.False(RiskCodes.TryFromRefusal(7, out _));
    }
}
