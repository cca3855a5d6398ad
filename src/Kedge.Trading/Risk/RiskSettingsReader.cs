using Kedge.Configuration;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary>Takes the limits out of a configuration.</summary>
internal static class RiskSettingsReader
{
    public static RiskSettings Read(StrategyConfiguration c)
    {
        ArgumentNullException.ThrowIfNull(c);
        return new RiskSettings
        {
            MaxDailyLossPct = Number(c, "max_daily_loss_pct"),
            MaxDailyLossUsd = Number(c, "max_daily_loss_usd"),
            MaxDrawdownPct = Number(c, "max_drawdown_pct"),
            DrawdownReducePolicy = (DrawdownReducePolicy)Int(c, "drawdown_reduce_policy"),
            EquityMaxAgeS = Int(c, "equity_max_age_s"),
            MaxExposure = Number(c, "max_exposure"),
            MaxNetExposure = Number(c, "max_net_exposure"),
            MaxSymbolExposure = Number(c, "max_symbol_exposure"),
            MaxSymbolNotionalUsd = Number(c, "max_symbol_notional_usd"),
            MaxGrossNotionalUsd = Number(c, "max_gross_notional_usd"),
            MaxOrderNotionalUsd = Number(c, "max_order_notional_usd"),
            MaxLeverage = Number(c, "max_leverage"),
            MaxPositions = Int(c, "max_positions"),
            MaxEntryOrdersPerMin = Int(c, "max_entry_orders_per_min"),
            MaxEntryOrdersPerMinPerSymbol = Int(c, "max_entry_orders_per_min_per_symbol"),
            MaxExitOrdersPerMin = Int(c, "max_exit_orders_per_min"),
            MaxCancelsPerMin = Int(c, "max_cancels_per_min"),
            MaxNotionalPerWindowUsd = Number(c, "max_notional_per_window_usd"),
            NotionalWindowS = Int(c, "notional_window_s"),
            MinOrderGapMs = Int(c, "min_order_gap_ms"),
            Concentration = new ConcentrationSettings
            {
                Enabled = Flag(c, "exposure.enabled"),
                MaxLongs = Int(c, "exposure.alts_max_longs"),
                MaxShorts = Int(c, "exposure.alts_max_shorts"),
                Exclude = c.Value("risk.exposure.exclude_symbols").Items,
            },
            Heat = new HeatSettings
            {
                Enabled = Flag(c, "heat.enabled"),
                MaxPct = Number(c, "heat.max_pct"),
                StopAtrMult = Number(c, "heat.sl_atr_mult"),
                FallbackAtrPct = Number(c, "heat.fallback_atr_pct"),
            },
            SlippageGuard = new SlippageGuardSettings
            {
                Enabled = Flag(c, "slippage_guard.enabled"),
                WindowFills = Int(c, "slippage_guard.window_fills"),
                MaxMedianBps = Number(c, "slippage_guard.max_median_bps"),
            },
            PerformanceStop = new PerformanceStopSettings
            {
                Enabled = Flag(c, "perf_stop.enabled"),
                WindowTrades = Int(c, "perf_stop.window_trades"),
                WindowMinutes = Int(c, "perf_stop.window_minutes"),
                MinTrades = Int(c, "perf_stop.min_trades"),
                MinProfitFactor = Number(c, "perf_stop.min_pf"),
                MinWinRate = Number(c, "perf_stop.min_wr"),
                MinSharpe = Number(c, "perf_stop.min_sharpe"),
                KillMode = Mode(c, "perf_stop.kill_mode"),
            },
            LossStreakMaxLosses = Int(c, "loss_streak.max_losses"),
            LossStreakPauseMinutes = Int(c, "loss_streak.pause_minutes"),
            Health = new HealthSettings
            {
                Enabled = Flag(c, "health.enabled"),
                AlertCooldownS = Int(c, "health.alert_cooldown_s"),
                ResolveAfterS = Int(c, "health.resolve_after_s"),
                FillIngestFails = Int(c, "health.fill_ingest_fails_to_kill"),
                FillIngestKill = Kill(c, "health.fill_ingest_kill"),
                UnmatchedWindowS = Int(c, "health.unmatched_window_s"),
                UnmatchedFills = Int(c, "health.unmatched_alert_n"),
                UnmatchedKill = Kill(c, "health.unmatched_kill"),
                UnmatchedGraceS = Int(c, "health.unmatched_grace_s"),
                PendingFills = Int(c, "health.pending_fills_to_kill"),
                PendingFillsKill = Kill(c, "health.pending_fills_kill"),
            },
        };
    }

    private static double Number(StrategyConfiguration c, string key) => c.Value("risk." + key).Number;

    private static int Int(StrategyConfiguration c, string key) => (int)Number(c, key);

    private static bool Flag(StrategyConfiguration c, string key) => Number(c, key) != 0.0;

    private static KillMode Kill(StrategyConfiguration c, string key) => Flag(c, key) ? Mode(c, key + "_mode") : KillMode.Off;

    /// <summary>The words are close_only and halt_all, in this order.</summary>
    private static KillMode Mode(StrategyConfiguration c, string key) => (KillMode)(Int(c, key) + 1);
}
