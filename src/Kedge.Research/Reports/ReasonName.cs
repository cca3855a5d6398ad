using Kedge.Kernel;

namespace Kedge.Research.Reports;

/// <summary>The coarse reason codes of reports in snake case, and the order they are listed in.</summary>
public static class ReasonName
{
    private static readonly string[] Ordered =
    [
        "entry_signal",
        "entry_signal_sub_bar",
        "entry_pyramid",
        "exit_stop_loss",
        "exit_take_profit",
        "exit_trailing_stop",
        "exit_signal_flip",
        "exit_filter",
        "exit_funding",
        "exit_force_close",
        "exit_end_of_backtest",
        "exit_liquidation",
        "exit_data_ended",
        "funding_payment",
        "strategy_signal",
        "unknown",
    ];

    /// <summary>All names in the order of reports.</summary>
    public static IReadOnlyList<string> All => Ordered;

    /// <summary>Name of a reason.</summary>
    public static string Of(ReasonCode reason) => Ordered[Index(reason)];

    /// <summary>Position of a reason's name in <see cref="All"/>.</summary>
    public static int Index(ReasonCode reason) =>
        reason switch
        {
            ReasonCode.EntrySignal => 0,
            ReasonCode.EntrySignalSubBar => 1,
            ReasonCode.Pyramid => 2,
            ReasonCode.StopLoss => 3,
            ReasonCode.TakeProfitPartial or ReasonCode.TakeProfit or ReasonCode.TakeProfitRemainder => 4,
            ReasonCode.TrailingStop => 5,
            ReasonCode.SignalFlip => 6,
            ReasonCode.TrendBreakdown
            or ReasonCode.TrendExhaustion
            or ReasonCode.EmaMacroBreakdown
            or ReasonCode.EmaMacroBreakout
            or ReasonCode.Stagnation
            or ReasonCode.TrendSaturation
            or ReasonCode.MacdDivergence
            or ReasonCode.RsiOverbought
            or ReasonCode.RsiOversold => 7,
            ReasonCode.FundingHeadwind => 8,
            ReasonCode.RiskReduction or ReasonCode.OperatorOrder or ReasonCode.VenueForced or ReasonCode.ForeignFill => 9,
            ReasonCode.EndOfRun => 10,
            ReasonCode.Liquidation => 11,
            ReasonCode.DataEnded => 12,
            ReasonCode.FundingPayment => 13,
            ReasonCode.StrategySignal => 14,
            _ => 15,
        };
}
