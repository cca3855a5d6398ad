namespace Kedge.Configuration.Keys;

/// <summary>Concentration, heat, slippage guard, performance stop and loss streaks. All off unless switched on.</summary>
internal static class RiskGuardKeys
{
    private static readonly string[] KillModeWords = ["close_only", "halt_all"];

    public static void Add(KeyTableBuilder t)
    {
        t.Bool(
            "risk.exposure.enabled",
            false,
            "Limits how many symbols other than BTC are held on one side.",
            "AI_QUANT_RISK_EXPOSURE_ENABLED"
        );
        t.Int(
            "risk.exposure.alts_max_longs",
            0,
            ValueRange.NotNegative,
            "Longs in such symbols; 0 = off.",
            "AI_QUANT_RISK_EXPOSURE_ALTS_MAX_LONGS"
        );
        t.Int(
            "risk.exposure.alts_max_shorts",
            0,
            ValueRange.NotNegative,
            "Shorts in such symbols; 0 = off.",
            "AI_QUANT_RISK_EXPOSURE_ALTS_MAX_SHORTS"
        );
        t.List(
            "risk.exposure.exclude_symbols",
            [],
            "Symbols that do not count, as BTC never does.",
            portfolio: true,
            "AI_QUANT_RISK_EXPOSURE_EXCLUDE_SYMBOLS"
        );
        t.Bool("risk.heat.enabled", false, "Limits the loss if every stop were hit.", "AI_QUANT_RISK_HEAT_ENABLED");
        t.Float("risk.heat.max_pct", 0, ValueRange.Percent, "Percent of equity; 0 = off.", "AI_QUANT_RISK_HEAT_MAX_PCT");
        t.Float(
            "risk.heat.sl_atr_mult",
            1.5,
            ValueRange.Between(0, 100),
            "Distance of a stop in ATRs where trade.sl_atr_mult is not known.",
            "AI_QUANT_RISK_HEAT_SL_ATR_MULT"
        );
        t.Float(
            "risk.heat.fallback_atr_pct",
            0.005,
            ValueRange.Fraction,
            "ATR as a fraction of the price where it is not known.",
            "AI_QUANT_RISK_HEAT_FALLBACK_ATR_PCT"
        );
        t.Bool(
            "risk.slippage_guard.enabled",
            false,
            "Stops entries when fills are far from the quote at submit.",
            "AI_QUANT_RISK_SLIPPAGE_GUARD_ENABLED"
        );
        t.Int(
            "risk.slippage_guard.window_fills",
            20,
            ValueRange.Between(1, 1000),
            "Fills looked at, entries and exits.",
            "AI_QUANT_RISK_SLIPPAGE_GUARD_WINDOW_FILLS"
        );
        t.Float(
            "risk.slippage_guard.max_median_bps",
            0,
            ValueRange.BasisPoints,
            "Greatest median of the window, basis points; 0 = off.",
            "AI_QUANT_RISK_SLIPPAGE_GUARD_MAX_MEDIAN_BPS"
        );
        t.Bool(
            "risk.perf_stop.enabled",
            false,
            "Stops when round trips, from flat to flat, earn too little.",
            "AI_QUANT_RISK_PERF_STOP_ENABLED"
        );
        t.Int(
            "risk.perf_stop.window_trades",
            0,
            ValueRange.Between(0, 2000),
            "Round trips looked at; 0 = all that are kept (2000).",
            "AI_QUANT_RISK_PERF_STOP_WINDOW_TRADES"
        );
        t.Int(
            "risk.perf_stop.window_minutes",
            0,
            ValueRange.Between(0, 5256000),
            "Minutes looked back; 0 = no end.",
            "AI_QUANT_RISK_PERF_STOP_WINDOW_MINUTES"
        );
        t.Int(
            "risk.perf_stop.min_trades",
            0,
            ValueRange.Between(0, 2000),
            "Fewer round trips say nothing.",
            "AI_QUANT_RISK_PERF_STOP_MIN_TRADES"
        );
        t.Float(
            "risk.perf_stop.min_pf",
            0,
            ValueRange.NotNegative,
            "Least profit factor; 0 = off.",
            "AI_QUANT_RISK_PERF_STOP_MIN_PF"
        );
        t.Float(
            "risk.perf_stop.min_wr",
            0,
            ValueRange.Fraction,
            "Least share of winners; 0 = off.",
            "AI_QUANT_RISK_PERF_STOP_MIN_WR"
        );
        t.Float(
            "risk.perf_stop.min_sharpe",
            -1000,
            ValueRange.Between(-1000, 1000),
            "Least Sharpe ratio of a round trip; -1000 = off.",
            "AI_QUANT_RISK_PERF_STOP_MIN_SHARPE"
        );
        t.Choice(
            "risk.perf_stop.kill_mode",
            "close_only",
            KillModeWords,
            "What is latched.",
            "AI_QUANT_RISK_PERF_STOP_KILL_MODE"
        );
        t.Int(
            "risk.loss_streak.max_losses",
            0,
            ValueRange.Between(0, 1000),
            "Losing round trips in a row in one symbol that pause its entries; 0 = off.",
            "AI_QUANT_RISK_LOSS_STREAK_MAX_LOSSES"
        );
        t.Int(
            "risk.loss_streak.pause_minutes",
            240,
            ValueRange.Between(1, 525600),
            "Minutes they pause.",
            "AI_QUANT_RISK_LOSS_STREAK_PAUSE_MINUTES"
        );
    }
}
