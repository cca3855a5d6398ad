using Kedge.Simulation.Faults;
using Kedge.Trading.Risk;

namespace Kedge.Simulation.Trading;

/// <summary>What a scenario plays.</summary>
public sealed record LaneScenarioOptions
{
    /// <summary>Of everything.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Longest time it may play, milliseconds.</summary>
    public long PlayedMs { get; init; } = 24 * 3_600_000L;

    /// <summary>What goes wrong, once it is switched on.</summary>
    public LaneFaults Faults { get; init; } = LaneFaults.None;

    /// <summary>Shares of faults of the wire itself, once they are switched on.</summary>
    public FaultPlan Wire { get; init; } = new();

    /// <summary>A lane of somebody's own; null for the scenario's, which the limits and the configuration below are of.</summary>
    public LaneSetup? Setup { get; init; }

    /// <summary>What the account begins with, USD.</summary>
    public long DepositUsd { get; init; } = 20_000;

    /// <summary>Standard deviation of a minute's change of price, 1e-6.</summary>
    public int VolatilityPpm { get; init; } = 2_000;

    /// <summary>Minutes of each symbol per day in which the price jumps, second by second.</summary>
    public double JumpsPerDay { get; init; } = 6;

    /// <summary>Mean notional traded in a minute, USD.</summary>
    public long TurnoverUsd { get; init; } = 200_000;

    /// <summary>How often held positions are looked at between prices, milliseconds.</summary>
    public long LookEveryMs { get; init; } = 15_000;

    /// <summary>Longest time a segment of the journal covers, milliseconds.</summary>
    public long SegmentMs { get; init; } = 6 * 3_600_000;

    /// <summary>Segments of the journal that are kept.</summary>
    public int KeepSegments { get; init; } = 400;

    /// <summary>Limits.</summary>
    public RiskSettings Risk { get; init; } =
        new()
        {
            EquityMaxAgeS = 120,
            MaxExposure = 1.2,
            MaxPositions = 4,
            MaxSymbolNotionalUsd = 8_000,
            MaxDailyLossPct = 0,
            MaxDrawdownPct = 0,
            MaxEntryOrdersPerMinPerSymbol = 60,
        };

    /// <summary>Thresholds, filters and windows with which entries are frequent on a generated market, as <c>path=value</c>.</summary>
    public static IReadOnlyList<string> Eager { get; } =
    [
        "trade.entry_min_confidence=low",
        "trade.add_min_confidence=low",
        "trade.reentry_cooldown_minutes=0",
        "trade.min_atr_pct=0",
        "thresholds.entry.ave_enabled=false",
        "thresholds.entry.macd_hist_entry_mode=none",
        "thresholds.entry.pullback_require_macd_sign=false",
        "thresholds.entry.slow_drift_require_macd_sign=false",
        "thresholds.entry.slow_drift_rsi_long_min=40",
        "thresholds.entry.slow_drift_rsi_short_max=60",
        "indicators.ema_slow_window=21",
        "indicators.ema_fast_window=8",
        "indicators.adx_window=8",
        "filters.use_stoch_rsi_filter=false",
        "filters.require_adx_rising=false",
        "filters.require_btc_alignment=false",
        "filters.enable_ranging_filter=false",
        "filters.enable_anomaly_filter=false",
        "filters.enable_extension_filter=false",
        "thresholds.entry.min_adx=8",
        "thresholds.entry.enable_pullback_entries=true",
        "thresholds.entry.enable_slow_drift_entries=true",
        "thresholds.entry.pullback_min_adx=8",
        "thresholds.entry.slow_drift_min_adx=5",
        "thresholds.entry.slow_drift_min_slope_pct=0.0001",
    ];

    /// <summary>Configuration beside the defaults, as <c>path=value</c>: a strategy that trades often.</summary>
    public IReadOnlyList<string> Overrides { get; init; } =
    [
        .. Eager,
        "engine.interval=5m",
        "trade.allocation_pct=0.05",
        "trade.enable_dynamic_leverage=false",
        "trade.leverage=3",
        "trade.sl_atr_mult=0.8",
        "trade.tp_atr_mult=1.2",
        "trade.add_cooldown_minutes=5",
        "trade.add_min_profit_atr=0.2",
    ];
}
