using Kedge.Configuration;
using Kedge.Model;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary>Every limit, with the defaults of the configuration. 0 switches a limit off unless it says otherwise.</summary>
public sealed record RiskSettings
{
    /// <summary>Greatest value of every limit of orders a minute.</summary>
    public const int MaxOrdersPerMinute = 1000;

    /// <summary>Greatest loss since 00:00 UTC, percent of the equity then.</summary>
    public double MaxDailyLossPct { get; init; } = 10.0;

    /// <summary>Greatest loss since 00:00 UTC, USD.</summary>
    public double MaxDailyLossUsd { get; init; }

    /// <summary>Greatest loss since the highest equity, percent of it.</summary>
    public double MaxDrawdownPct { get; init; } = 20.0;

    /// <summary>What happens to positions then.</summary>
    public DrawdownReducePolicy DrawdownReducePolicy { get; init; } = DrawdownReducePolicy.CloseAll;

    /// <summary>Oldest equity that entries may rely on, seconds.</summary>
    public int EquityMaxAgeS { get; init; } = 30;

    /// <summary>Σ |notional| ÷ equity.</summary>
    public double MaxExposure { get; init; } = 5.0;

    /// <summary>|Σ longs − Σ shorts| ÷ equity.</summary>
    public double MaxNetExposure { get; init; }

    /// <summary>Notional of one symbol ÷ equity.</summary>
    public double MaxSymbolExposure { get; init; }

    /// <summary>Notional of one symbol, USD.</summary>
    public double MaxSymbolNotionalUsd { get; init; }

    /// <summary>Σ |notional|, USD.</summary>
    public double MaxGrossNotionalUsd { get; init; }

    /// <summary>Notional of one entry order, USD.</summary>
    public double MaxOrderNotionalUsd { get; init; }

    /// <summary>Leverage of one entry order; cannot be switched off.</summary>
    public double MaxLeverage { get; init; } = 50.0;

    /// <summary>Positions, opening orders included.</summary>
    public int MaxPositions { get; init; }

    /// <summary>Entry orders a minute, 1…1000.</summary>
    public int MaxEntryOrdersPerMin { get; init; } = 30;

    /// <summary>Entry orders a minute in one symbol, 1…1000.</summary>
    public int MaxEntryOrdersPerMinPerSymbol { get; init; } = 6;

    /// <summary>Exit orders a minute that can wait, 1…1000.</summary>
    public int MaxExitOrdersPerMin { get; init; } = 120;

    /// <summary>Cancels a minute that can wait, 1…1000.</summary>
    public int MaxCancelsPerMin { get; init; } = 120;

    /// <summary>Σ notional of entries in the window, USD.</summary>
    public double MaxNotionalPerWindowUsd { get; init; }

    /// <summary>Length of that window, seconds, 10…3600.</summary>
    public int NotionalWindowS { get; init; } = 60;

    /// <summary>Least time between any order and the next entry, milliseconds, at most 60,000.</summary>
    public int MinOrderGapMs { get; init; }

    /// <summary>Concentration in symbols other than BTC.</summary>
    public ConcentrationSettings Concentration { get; init; } = new();

    /// <summary>Loss if every stop were hit.</summary>
    public HeatSettings Heat { get; init; } = new();

    /// <summary>Fills far from the quote.</summary>
    public SlippageGuardSettings SlippageGuard { get; init; } = new();

    /// <summary>Round trips that lose.</summary>
    public PerformanceStopSettings PerformanceStop { get; init; } = new();

    /// <summary>Losing round trips in a row in one symbol that pause its entries.</summary>
    public int LossStreakMaxLosses { get; init; }

    /// <summary>How long they pause, minutes.</summary>
    public int LossStreakPauseMinutes { get; init; } = 240;

    /// <summary>Health guards.</summary>
    public HealthSettings Health { get; init; } = new();

    /// <summary><see cref="NotionalWindowS"/> in milliseconds.</summary>
    public long NotionalWindowMs => NotionalWindowS * 1000L;

    /// <summary>Fails when a lane that trades with money would start without its limits on loss and exposure.</summary>
    /// <exception cref="KedgeException">One of them is off (exit 3).</exception>
    public void RequireForLive()
    {
        string? off =
            MaxDailyLossPct <= 0.0 ? "risk.max_daily_loss_pct"
            : MaxDrawdownPct <= 0.0 ? "risk.max_drawdown_pct"
            : MaxExposure <= 0.0 ? "risk.max_exposure"
            : null;
        if (off is not null)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{off} is 0: a lane with money does not start without it; set a limit, or trade on paper"
            );
        }
    }

    /// <summary>The limits of a configuration.</summary>
    public static RiskSettings From(StrategyConfiguration configuration) => RiskSettingsReader.Read(configuration);
}
