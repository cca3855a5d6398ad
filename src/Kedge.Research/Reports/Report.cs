using Kedge.Research.Replay;
using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>
/// Everything a reader wants to know about a replay. Unsuffixed values are net of fees and marked to market; gross values are before
/// fees; realised values ignore what is still open. Money is in the quote currency, rates and drawdowns are fractions.
/// </summary>
public sealed record Report
{
    /// <summary>Periods a year of daily statistics: these markets never close.</summary>
    public const double DaysPerYear = 365.0;

    /// <summary>Degrees of freedom taken off in deviations: none, the population deviation.</summary>
    public const int Ddof = 0;

    /// <summary>What it was made from.</summary>
    public required ReplayResult Result { get; init; }

    /// <summary>Read off equity: balance plus unrealised profit.</summary>
    public required CurveMetrics Market { get; init; }

    /// <summary>Read off the realised balance.</summary>
    public required CurveMetrics Realised { get; init; }

    /// <summary>Totals of all trades.</summary>
    public required TradeGroup All { get; init; }

    /// <summary>Exits in the order they were made.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>Trades by symbol, ordinal order.</summary>
    public required IReadOnlyList<TradeGroup> BySymbol { get; init; }

    /// <summary>Trades by side: LONG, SHORT.</summary>
    public required IReadOnlyList<TradeGroup> BySide { get; init; }

    /// <summary>Trades by confidence: low, medium, high.</summary>
    public required IReadOnlyList<TradeGroup> ByConfidence { get; init; }

    /// <summary>Trades by category of the exit, ordinal order.</summary>
    public required IReadOnlyList<TradeGroup> ByExitReason { get; init; }

    /// <summary>Trades by reason code, order of <see cref="ReasonName.All"/>.</summary>
    public required IReadOnlyList<TradeGroup> ByReasonCode { get; init; }

    /// <summary>Every symbol with a booking, ordinal order.</summary>
    public required IReadOnlyList<SymbolReport> PerSymbol { get; init; }

    /// <summary>How much was at risk.</summary>
    public required Exposure Exposure { get; init; }

    /// <summary>The five deepest drawdowns, marked to market.</summary>
    public required IReadOnlyList<DrawdownPeriod> WorstDrawdowns { get; init; }

    /// <summary>Equity at the end of each UTC day.</summary>
    public required DailySeries Daily { get; init; }

    /// <summary>Buying everything and waiting, over the same window.</summary>
    public required BuyAndHold Benchmark { get; init; }

    /// <summary>Σ fees over all bookings.</summary>
    public required double Fees { get; init; }

    /// <summary>Σ funding, positive when received.</summary>
    public required double Funding { get; init; }

    /// <summary>Σ notional of all fills.</summary>
    public required double Volume { get; init; }

    /// <summary>What slippage cost by estimate.</summary>
    public required double EstimatedSlippage { get; init; }

    /// <summary>Fills, funding payments not counted.</summary>
    public required int Fills { get; init; }

    /// <summary>Length of the traded window in days.</summary>
    public required double Days { get; init; }

    /// <summary>Balance at the start.</summary>
    public double InitialBalance => Result.Run.InitialBalance;

    /// <summary>Equity at the end − balance at the start: after fees and funding, marked to market.</summary>
    public double TotalPnl => Market.Final - InitialBalance;

    /// <summary>Balance at the end − balance at the start.</summary>
    public double TotalPnlRealised => Realised.Final - InitialBalance;

    /// <summary>Volume ÷ average equity: how often the account was turned over.</summary>
    public double Turnover => Exposure.AverageEquity > 1e-12 ? Volume / Exposure.AverageEquity : 0.0;

    /// <summary>Turnover a year.</summary>
    public double TurnoverPerYear => Days > 0.0 ? Turnover * DaysPerYear / Days : 0.0;
}
