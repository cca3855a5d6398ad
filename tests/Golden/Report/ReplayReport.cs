using System.Text.Json.Serialization;

namespace Kedge.Golden.Report;

/// <summary>The report of a replay (backtester.md §5.1). Properties stand in the alphabetical order the file has.</summary>
public sealed record ReplayReport
{
    public required double AvgLoss { get; init; }
    public required double AvgTradePnl { get; init; }
    public required double AvgWin { get; init; }
    public required IReadOnlyList<ConfidenceBucket> ByConfidence { get; init; }
    public required IReadOnlyList<ReasonBucket> ByExitReason { get; init; }
    public required IReadOnlyList<ReasonCodeBucket> ByReasonCode { get; init; }
    public required IReadOnlyList<SideBucket> BySide { get; init; }
    public required IReadOnlyList<SymbolBucket> BySymbol { get; init; }
    public string ConfigId => "replay";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EquityPair>? EquityCurve { get; init; }
    public required double FinalBalance { get; init; }
    public required GateStats GateStats { get; init; }
    public required double InitialBalance { get; init; }
    public required double MaxDrawdownPct { get; init; }
    public required double MaxDrawdownUsd { get; init; }
    public required double NeutralPct { get; init; }
    public required IReadOnlyDictionary<string, SymbolTotals> PerSymbol { get; init; }
    public required double? ProfitFactor { get; init; }
    public required double SharpeRatio { get; init; }
    public required double SlippageBps { get; init; }
    public required double TotalFees { get; init; }
    public required int TotalLosses { get; init; }
    public required double TotalPnl { get; init; }
    public required int TotalSignals { get; init; }
    public required int TotalTrades { get; init; }
    public required int TotalWins { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportedTrade>? Trades { get; init; }
    public required double WinRate { get; init; }
}

public sealed record ConfidenceBucket(double AvgPnl, string Confidence, double Pnl, int Trades, double WinRate);

public sealed record ReasonBucket(double Pnl, string Reason, int Trades, double WinRate);

public sealed record ReasonCodeBucket(double Pnl, string ReasonCode, int Trades, double WinRate);

public sealed record SideBucket(double Pnl, string Side, int Trades, double WinRate);

public sealed record SymbolBucket(double Pnl, string Symbol, int Trades, double WinRate);

/// <summary>Counters of gates and filters; an entry or exit may count in several.</summary>
public sealed record GateStats(
    int BlockedByAdxLow,
    int BlockedByAdxNotRising,
    int BlockedByAnomaly,
    int BlockedByBtc,
    int BlockedByConfidence,
    int BlockedByExtension,
    int BlockedByMargin,
    int BlockedByMaxPositions,
    int BlockedByPesc,
    int BlockedByRanging,
    int BlockedByReef,
    int BlockedBySsf,
    int BlockedByVolume,
    double SignalPct,
    int SignalsGenerated,
    int TotalChecks
);

/// <summary>Totals of one symbol.</summary>
public sealed record SymbolTotals(
    double EstimatedSlippageUsd,
    double FeesUsd,
    int Fills,
    int FundingEvents,
    double FundingPnlUsd,
    int Losses,
    double MaxDrawdownUsd,
    double NetPnlUsd,
    double RealisedPnlUsd,
    int Trades,
    double WinRate,
    int Wins
);

/// <summary>One line of the trade log as the report shows it.</summary>
public sealed record ReportedTrade(
    string Action,
    double Balance,
    string Confidence,
    double Fee,
    double Pnl,
    double Price,
    string Reason,
    string ReasonCode,
    double Size,
    string Symbol,
    long Timestamp
);

/// <summary>One point of the equity curve, written as <c>[ts, balance]</c>.</summary>
public readonly record struct EquityPair(long TimeMs, double Balance);
