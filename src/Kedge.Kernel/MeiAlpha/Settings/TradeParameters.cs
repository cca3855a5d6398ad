namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>Sizing, stops, exits, entry filters and rate limits: the keys under <c>trade</c>.</summary>
public struct TradeParameters
{
    /// <summary><c>trade.allocation_pct</c>. Share of equity used as margin per new position. Range (0,1]. Default 0.03.</summary>
    public double AllocationPct;

    /// <summary><c>trade.leverage</c>. Leverage when dynamic leverage is off. Default 3.0.</summary>
    public double Leverage;

    /// <summary><c>trade.leverage_low</c>. Leverage for low-confidence entries. Range &gt;0. Default 1.0.</summary>
    public double LeverageLow;

    /// <summary><c>trade.leverage_medium</c>. Leverage for medium-confidence entries. Range &gt;0. Default 3.0.</summary>
    public double LeverageMedium;

    /// <summary><c>trade.leverage_high</c>. Leverage for high-confidence entries. Range &gt;0. Default 5.0.</summary>
    public double LeverageHigh;

    /// <summary><c>trade.leverage_max_cap</c>. Upper bound on tier leverage. Range ≥0, 0 = none. Default 0.0.</summary>
    public double LeverageMaxCap;

    /// <summary><c>trade.confidence_mult_high</c>. Margin multiplier, high. Range ≥0. Default 1.0.</summary>
    public double ConfidenceMultHigh;

    /// <summary><c>trade.confidence_mult_medium</c>. Margin multiplier, medium. Range ≥0. Default 0.7.</summary>
    public double ConfidenceMultMedium;

    /// <summary><c>trade.confidence_mult_low</c>. Margin multiplier, low. Range ≥0. Default 0.5.</summary>
    public double ConfidenceMultLow;

    /// <summary><c>trade.adx_sizing_min_mult</c>. Floor of the ADX multiplier. Range [0,1]. Default 0.6.</summary>
    public double AdxSizingMinMult;

    /// <summary><c>trade.adx_sizing_full_adx</c>. ADX at which the multiplier reaches 1. Range &gt;0. Default 40.0.</summary>
    public double AdxSizingFullAdx;

    /// <summary><c>trade.vol_baseline_pct</c>. ATR/price regarded as normal volatility. Range &gt;0. Default 0.01.</summary>
    public double VolBaselinePct;

    /// <summary><c>trade.vol_scalar_min</c>. Lower clamp of volatility scalar. Range ≤ max. Default 0.5.</summary>
    public double VolScalarMin;

    /// <summary><c>trade.vol_scalar_max</c>. Upper clamp. Range ≥ min. Default 1.0.</summary>
    public double VolScalarMax;

    /// <summary><c>trade.max_total_margin_pct</c>. Cap on Σ margin / equity. Range (0,1]. Default 0.60.</summary>
    public double MaxTotalMarginPct;

    /// <summary><c>trade.min_notional_usd</c>. Smallest order notional. Range ≥0. Default 10.0.</summary>
    public double MinNotionalUsd;

    /// <summary><c>trade.min_atr_pct</c>. ATR floor as fraction of price for entries. Range ≥0, 0 = off. Default 0.003.</summary>
    public double MinAtrPct;

    /// <summary><c>trade.sl_atr_mult</c>. Base stop distance in entry ATRs. Range &gt;0. Default 2.0.</summary>
    public double SlAtrMult;

    /// <summary><c>trade.tp_atr_mult</c>. Take-profit distance in entry ATRs. Range &gt;0. Default 4.0.</summary>
    public double TpAtrMult;

    /// <summary><c>trade.tp_partial_pct</c>. Fraction closed at the first step. Range [0,1] (0/1 = behave as full). Default 0.5.</summary>
    public double TpPartialPct;

    /// <summary><c>trade.tp_partial_min_notional_usd</c>. Minimum notional that must remain after a partial. Range ≥0. Default 10.0.</summary>
    public double TpPartialMinNotionalUsd;

    /// <summary><c>trade.tp_partial_atr_mult</c>. Own level of the partial take-profit. Range ≥0, 0 = use tp_atr_mult. Default 0.0.</summary>
    public double TpPartialAtrMult;

    /// <summary><c>trade.trailing_start_atr</c>. Profit (ATR) that arms the trailing stop. Range ≥0. Default 1.0.</summary>
    public double TrailingStartAtr;

    /// <summary><c>trade.trailing_distance_atr</c>. Trailing distance (ATR) before adjustments. Range &gt;0. Default 0.8.</summary>
    public double TrailingDistanceAtr;

    /// <summary><c>trade.trailing_start_atr_low_conf</c>. Start for low-confidence positions. Range 0 = inherit. Default 0.0.</summary>
    public double TrailingStartAtrLowConf;

    /// <summary><c>trade.trailing_distance_atr_low_conf</c>. Distance for low-confidence positions. Range 0 = inherit. Default 0.0.</summary>
    public double TrailingDistanceAtrLowConf;

    /// <summary><c>trade.breakeven_start_atr</c>. Profit that activates breakeven. Range &gt;0 to enable. Default 0.7.</summary>
    public double BreakevenStartAtr;

    /// <summary><c>trade.breakeven_buffer_atr</c>. Offset beyond entry. Range ≥0. Default 0.05.</summary>
    public double BreakevenBufferAtr;

    /// <summary><c>trade.smart_exit_adx_exhaustion_lt</c>. ADX exhaustion level for positions lacking an entry threshold. Range ≥0, 0 = off. Default 18.0.</summary>
    public double SmartExitAdxExhaustionLt;

    /// <summary><c>trade.smart_exit_adx_exhaustion_lt_low_conf</c>. Same, low confidence. Range 0 = inherit. Default 0.0.</summary>
    public double SmartExitAdxExhaustionLtLowConf;

    /// <summary><c>trade.rsi_exit_profit_atr_switch</c>. Profit separating the two bound pairs. Range ≥0. Default 1.5.</summary>
    public double RsiExitProfitAtrSwitch;

    /// <summary><c>trade.rsi_exit_ub_lo_profit</c>. Upper bound below the switch. Range 0…100. Default 80.0.</summary>
    public double RsiExitUbLoProfit;

    /// <summary><c>trade.rsi_exit_ub_hi_profit</c>. Upper bound at/above the switch. Range 0…100. Default 70.0.</summary>
    public double RsiExitUbHiProfit;

    /// <summary><c>trade.rsi_exit_lb_lo_profit</c>. Lower bound below the switch. Range 0…100. Default 20.0.</summary>
    public double RsiExitLbLoProfit;

    /// <summary><c>trade.rsi_exit_lb_hi_profit</c>. Lower bound at/above the switch. Range 0…100. Default 30.0.</summary>
    public double RsiExitLbHiProfit;

    /// <summary><c>trade.rsi_exit_ub_lo_profit_low_conf</c>. Low-confidence override. Range 0 = inherit. Default 0.0.</summary>
    public double RsiExitUbLoProfitLowConf;

    /// <summary><c>trade.rsi_exit_ub_hi_profit_low_conf</c>. Low-confidence override. Range 0 = inherit. Default 0.0.</summary>
    public double RsiExitUbHiProfitLowConf;

    /// <summary><c>trade.rsi_exit_lb_lo_profit_low_conf</c>. Low-confidence override. Range 0 = inherit. Default 0.0.</summary>
    public double RsiExitLbLoProfitLowConf;

    /// <summary><c>trade.rsi_exit_lb_hi_profit_low_conf</c>. Low-confidence override. Range 0 = inherit. Default 0.0.</summary>
    public double RsiExitLbHiProfitLowConf;

    /// <summary><c>trade.tsme_min_profit_atr</c>. Minimum profit for the saturation exit. Default 1.0.</summary>
    public double TsmeMinProfitAtr;

    /// <summary><c>trade.glitch_price_dev_pct</c>. Glitch: relative move vs previous close. Range &gt;0. Default 0.40.</summary>
    public double GlitchPriceDevPct;

    /// <summary><c>trade.glitch_atr_mult</c>. Glitch: move in current ATRs. Range &gt;0. Default 12.0.</summary>
    public double GlitchAtrMult;

    /// <summary><c>trade.reef_long_rsi_block_gt</c>. Block longs above (ADX below threshold). Default 70.0.</summary>
    public double ReefLongRsiBlockGt;

    /// <summary><c>trade.reef_short_rsi_block_lt</c>. Block shorts below (ADX below threshold). Default 30.0.</summary>
    public double ReefShortRsiBlockLt;

    /// <summary><c>trade.reef_adx_threshold</c>. ADX separating normal and extreme limits. Default 45.0.</summary>
    public double ReefAdxThreshold;

    /// <summary><c>trade.reef_long_rsi_extreme_gt</c>. Block longs above (ADX at/above threshold). Default 75.0.</summary>
    public double ReefLongRsiExtremeGt;

    /// <summary><c>trade.reef_short_rsi_extreme_lt</c>. Block shorts below (ADX at/above threshold). Default 25.0.</summary>
    public double ReefShortRsiExtremeLt;

    /// <summary><c>trade.add_fraction_of_base_margin</c>. Add margin as fraction of base margin. Range ≥0. Default 0.5.</summary>
    public double AddFractionOfBaseMargin;

    /// <summary><c>trade.add_min_profit_atr</c>. Required profit in ATR. Default 0.5.</summary>
    public double AddMinProfitAtr;

    /// <summary><c>trade.slippage_bps</c>. Slippage of entries, adds and exits in basis points. Range ≥0. Default 10.0.</summary>
    public double SlippageBps;

    /// <summary><c>trade.maker_fee_bps</c>. Fee of a resting fill in basis points of notional. Range ≥0. Default 1.5.</summary>
    public double MakerFeeBps;

    /// <summary><c>trade.taker_fee_bps</c>. Fee of a crossing fill in basis points of notional. Range ≥0. Default 4.5.</summary>
    public double TakerFeeBps;

    /// <summary><c>trade.size_multiplier</c>. Multiplies the entry margin (ramps, ensembles). Range ≥0. Default 1.0.</summary>
    public double SizeMultiplier;

    /// <summary><c>trade.min_margin_usd</c>. Floor on the margin of an entry. Range ≥0, 0 = none. Default 0.0.</summary>
    public double MinMarginUsd;

    /// <summary><c>trade.max_notional_usd_per_order</c>. Cap on the notional of one entry or add. Range ≥0, 0 = none. Default 0.0.</summary>
    public double MaxNotionalUsdPerOrder;

    /// <summary><c>trade.max_open_positions</c>. Maximum simultaneous positions. Range ≥0. Default 20.</summary>
    public int MaxOpenPositions;

    /// <summary><c>trade.entry_min_confidence</c>. Minimum tier for a new position. Default high.</summary>
    public Confidence EntryMinConfidence;

    /// <summary><c>trade.reentry_cooldown_minutes</c>. Master switch only; value otherwise unused. Range 0 disables PESC. Default 60.</summary>
    public int ReentryCooldownMinutes;

    /// <summary><c>trade.reentry_cooldown_min_mins</c>. PESC minutes at ADX ≥ 40. Range ≥0. Default 45.</summary>
    public int ReentryCooldownMinMins;

    /// <summary><c>trade.reentry_cooldown_max_mins</c>. PESC minutes at ADX ≤ 25. Range ≥ min. Default 180.</summary>
    public int ReentryCooldownMaxMins;

    /// <summary><c>trade.max_adds_per_symbol</c>. Adds per position. Range ≥0. Default 2.</summary>
    public int MaxAddsPerSymbol;

    /// <summary><c>trade.add_cooldown_minutes</c>. Minutes since open / last add. Range ≥0. Default 60.</summary>
    public int AddCooldownMinutes;

    /// <summary><c>trade.add_min_confidence</c>. Minimum tier of the adding signal. Default medium.</summary>
    public Confidence AddMinConfidence;

    /// <summary><c>trade.entry_cooldown_s</c>. Seconds between entries/adds per symbol. Range ≥0. Default 20.</summary>
    public int EntryCooldownS;

    /// <summary><c>trade.exit_cooldown_s</c>. Seconds after an exit before exits are evaluated again. Range ≥0. Default 15.</summary>
    public int ExitCooldownS;

    /// <summary><c>trade.max_entry_orders_per_loop</c>. New positions per tick. Range ≥0. Default 6.</summary>
    public int MaxEntryOrdersPerLoop;

    /// <summary><c>trade.enable_dynamic_leverage</c>. Pick leverage by confidence tier. Default true.</summary>
    public bool EnableDynamicLeverage;

    /// <summary><c>trade.enable_dynamic_sizing</c>. Apply confidence × ADX × volatility multipliers to margin. Default true.</summary>
    public bool EnableDynamicSizing;

    /// <summary><c>trade.bump_to_min_notional</c>. Raise too-small orders to the minimum instead of rejecting. Default false.</summary>
    public bool BumpToMinNotional;

    /// <summary><c>trade.enable_partial_tp</c>. Use the two-step take-profit ladder. Default true.</summary>
    public bool EnablePartialTp;

    /// <summary><c>trade.enable_vol_buffered_trailing</c>. ×1.25 distance when band-width ratio &gt; 1.2. Default true.</summary>
    public bool EnableVolBufferedTrailing;

    /// <summary><c>trade.enable_breakeven_stop</c>. Breakeven clause in the stop formula. Default true.</summary>
    public bool EnableBreakevenStop;

    /// <summary><c>trade.enable_rsi_overextension_exit</c>. RSI over-extension exit on/off. Default true.</summary>
    public bool EnableRsiOverextensionExit;

    /// <summary><c>trade.tsme_require_adx_slope_negative</c>. Require falling ADX for the saturation exit. Default true.</summary>
    public bool TsmeRequireAdxSlopeNegative;

    /// <summary><c>trade.block_exits_on_extreme_dev</c>. Glitch guard on/off. Default false.</summary>
    public bool BlockExitsOnExtremeDev;

    /// <summary><c>trade.enable_ssf_filter</c>. MACD-histogram sign must agree with the direction. Default true.</summary>
    public bool EnableSsfFilter;

    /// <summary><c>trade.enable_reef_filter</c>. RSI extreme entry filter. Default true.</summary>
    public bool EnableReefFilter;

    /// <summary><c>trade.reverse_entry_signal</c>. Always fade the signal. Default false.</summary>
    public bool ReverseEntrySignal;

    /// <summary><c>trade.enable_pyramiding</c>. Allow adds. Default true.</summary>
    public bool EnablePyramiding;

    /// <summary><c>trade.use_bbo_for_fills</c>. Paper only: fill at bid/ask; no effect in the backtester (sweepable path, no-op). Default true.</summary>
    public bool UseBboForFills;

    /// <summary><c>trade.breakeven_latched</c>. Once the breakeven start was reached, the stop stays at entry plus buffer. Default false.</summary>
    public bool BreakevenLatched;

    /// <summary><c>trade.tp1_locks_breakeven</c>. After a partial take-profit the trailing stop is raised to the entry price. Default true.</summary>
    public bool Tp1LocksBreakeven;
}
