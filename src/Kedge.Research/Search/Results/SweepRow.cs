using Kedge.Kernel;
using Kedge.Research.Reports;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Results;

/// <summary>What one configuration of a search gave. Every number is the one that a replay of that configuration reports.</summary>
public sealed record SweepRow
{
    /// <summary>The configuration.</summary>
    public required SweepTrial Trial { get; init; }

    /// <summary>Wallet at the start, quote currency.</summary>
    public required double InitialBalance { get; init; }

    /// <summary>Wallet at the end.</summary>
    public required double FinalBalance { get; init; }

    /// <summary>Read off equity: balance plus unrealised profit.</summary>
    public required CurveMetrics Market { get; init; }

    /// <summary>Read off the realised balance.</summary>
    public required CurveMetrics Realised { get; init; }

    /// <summary>Totals of all exits.</summary>
    public required TradeGroup All { get; init; }

    /// <summary>Exits by confidence: low, medium, high.</summary>
    public required IReadOnlyList<TradeGroup> ByConfidence { get; init; }

    /// <summary>Exits by category of the exit, ordinal order.</summary>
    public required IReadOnlyList<TradeGroup> ByExitReason { get; init; }

    /// <summary>Exits by reason code, order of <see cref="ReasonName.All"/>.</summary>
    public required IReadOnlyList<TradeGroup> ByReasonCode { get; init; }

    /// <summary>Exits by symbol, ordinal order.</summary>
    public required IReadOnlyList<TradeGroup> BySymbol { get; init; }

    /// <summary>Exits by side: LONG, SHORT.</summary>
    public required IReadOnlyList<TradeGroup> BySide { get; init; }

    /// <summary>Σ fees.</summary>
    public required double Fees { get; init; }

    /// <summary>Σ funding, positive when received.</summary>
    public required double Funding { get; init; }

    /// <summary>Σ notional of all fills.</summary>
    public required double Volume { get; init; }

    /// <summary>Fills, funding payments not counted.</summary>
    public required int Fills { get; init; }

    /// <summary>Why entries did and did not happen.</summary>
    public required GateFunnel Funnel { get; init; }

    /// <summary>State hash of the run: two executors that agree on it decided the same.</summary>
    public required ulong StateHash { get; init; }

    /// <summary>Equity at the end − wallet at the start.</summary>
    public double TotalPnl => Market.Final - InitialBalance;

    /// <summary>Net profit factor of all exits.</summary>
    public double ProfitFactor => All.Factor;
}
