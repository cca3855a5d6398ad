namespace Kedge.Golden.Tests;

/// <summary>The ten scenarios of golden-scenarios.md §2.</summary>
internal static class Scenarios
{
    /// <summary>P: lets nearly every signal through.</summary>
    private static readonly Dictionary<string, string> Permissive = Keys(
        """
        trade.entry_min_confidence low
        trade.enable_ssf_filter false
        trade.enable_reef_filter false
        filters.enable_ranging_filter false
        filters.enable_anomaly_filter false
        filters.enable_extension_filter false
        filters.require_volume_confirmation false
        filters.use_stoch_rsi_filter false
        filters.require_btc_alignment false
        filters.require_adx_rising false
        filters.require_macro_alignment false
        indicators.ema_fast_window 2
        indicators.ema_slow_window 3
        thresholds.entry.min_adx -1
        thresholds.entry.max_dist_ema_fast 1.0
        thresholds.entry.macd_hist_entry_mode none
        thresholds.tp_and_momentum.rsi_long_weak 0
        thresholds.tp_and_momentum.rsi_long_strong 0
        thresholds.tp_and_momentum.rsi_short_weak 100
        thresholds.tp_and_momentum.rsi_short_strong 100
        """
    );

    /// <summary>Q: all three entry modes.</summary>
    private static readonly Dictionary<string, string> AllModes = Keys(
        """
        trade.entry_min_confidence low
        filters.require_volume_confirmation false
        filters.require_adx_rising false
        filters.require_macro_alignment false
        filters.require_btc_alignment false
        thresholds.entry.min_adx 15
        thresholds.entry.high_conf_volume_mult 1.4
        thresholds.entry.enable_pullback_entries true
        thresholds.entry.enable_slow_drift_entries true
        """
    );

    /// <summary>Scenarios by id.</summary>
    public static IReadOnlyDictionary<string, GeneratedRun> ById { get; } =
        new Dictionary<string, GeneratedRun>(StringComparer.Ordinal)
        {
            ["S1"] = Plain(1200, 200, Keys("trade.entry_min_confidence low")),
            ["S2"] = Plain(120, 50, Permissive),
            ["S3"] = Plain(200, 50, With(Permissive, "trade.max_open_positions 1")),
            ["S4"] = new(70, 50, ExitSubBars: true, EntrySubBars: false, Funding: true, Permissive),
            ["S5"] = new(80, 50, ExitSubBars: true, EntrySubBars: true, Funding: false, Permissive),
            ["S6"] = Plain(600, 200, AllModes),
            ["S7"] = Plain(
                600,
                200,
                With(
                    AllModes,
                    """
                    trade.tp_atr_mult 1.6
                    trade.tp_partial_atr_mult 0.8
                    trade.tp_partial_pct 0.4
                    trade.trailing_start_atr 1.2
                    trade.trailing_distance_atr 0.6
                    trade.enable_rsi_overextension_exit false
                    """
                )
            ),
            ["S8"] = Plain(
                600,
                200,
                With(
                    AllModes,
                    """
                    market_regime.enable_auto_reverse true
                    market_regime.auto_reverse_breadth_low 20
                    market_regime.auto_reverse_breadth_high 80
                    market_regime.enable_regime_filter true
                    market_regime.breadth_block_short_above 90
                    market_regime.breadth_block_long_below 10
                    """
                )
            ),
            ["S9"] = Plain(
                120,
                50,
                With(
                    Permissive,
                    """
                    trade.max_total_margin_pct 0.02
                    trade.bump_to_min_notional true
                    """
                )
            ),
            ["S10"] = Plain(
                500,
                200,
                With(
                    AllModes,
                    """
                    filters.require_volume_confirmation true
                    filters.vol_confirm_include_prev true
                    filters.use_stoch_rsi_filter true
                    trade.reentry_cooldown_minutes 60
                    trade.block_exits_on_extreme_dev true
                    trade.glitch_price_dev_pct 0.008
                    """
                )
            ),
        };

    private static GeneratedRun Plain(int bars, int lookback, Dictionary<string, string> overrides) =>
        new(bars, lookback, ExitSubBars: false, EntrySubBars: false, Funding: false, overrides);

    private static Dictionary<string, string> With(Dictionary<string, string> basis, string lines)
    {
        Dictionary<string, string> all = new(basis, StringComparer.Ordinal);
        foreach ((string key, string value) in Keys(lines))
        {
            all[key] = value;
        }

        return all;
    }

    private static Dictionary<string, string> Keys(string lines) =>
        lines.Split('\n').Select(line => line.Trim().Split(' ')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
}
