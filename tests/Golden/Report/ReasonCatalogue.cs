using Kedge.Golden.Engine;
using Kedge.Kernel;

namespace Kedge.Golden.Report;

/// <summary>Reason codes and exit categories of the report (backtester.md §5.4).</summary>
public static class ReasonCatalogue
{
    /// <summary>Reason codes in the order they are reported.</summary>
    public static IReadOnlyList<string> Codes { get; } =
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
        "funding_payment",
        "unknown",
    ];

    /// <summary>Code of a row.</summary>
    public static string Code(TradeRow row) =>
        row.Code switch
        {
            ReasonCode.EntrySignal => "entry_signal",
            ReasonCode.EntrySignalSubBar => "entry_signal_sub_bar",
            ReasonCode.Pyramid => "entry_pyramid",
            ReasonCode.StopLoss => "exit_stop_loss",
            ReasonCode.TakeProfit or ReasonCode.TakeProfitPartial => "exit_take_profit",
            ReasonCode.TrailingStop => "exit_trailing_stop",
            ReasonCode.SignalFlip => "exit_signal_flip",
            ReasonCode.EndOfRun => "exit_end_of_backtest",
            ReasonCode.FundingPayment => "funding_payment",
            _ => "exit_filter",
        };

    /// <summary>Category of an exit; a reason without one stands for itself.</summary>
    public static string Category(TradeRow row) =>
        row.Code switch
        {
            ReasonCode.TakeProfitPartial => "Take Profit",
            ReasonCode.TrendBreakdown => "Trend Breakdown",
            ReasonCode.TrendExhaustion => "Trend Exhaustion",
            ReasonCode.EmaMacroBreakdown or ReasonCode.EmaMacroBreakout => "EMA Macro Breakdown",
            ReasonCode.Stagnation => "Stagnation Exit",
            ReasonCode.RsiOverbought or ReasonCode.RsiOversold => "RSI Overextension",
            ReasonCode.TrendSaturation => "TSME",
            ReasonCode.MacdDivergence => "MMDE",
            _ => row.Reason,
        };
}
