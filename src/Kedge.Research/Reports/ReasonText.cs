using System.Globalization;
using Kedge.Kernel;

namespace Kedge.Research.Reports;

/// <summary>The documented texts of reasons, made from their codes and numbers.</summary>
public static class ReasonText
{
    /// <summary>The text of a booking's reason, e.g. <c>Trend Exhaustion (ADX &lt; 22)</c>.</summary>
    public static string For(in Booking booking)
    {
        double a = booking.Value;
        double b = booking.Value2;
        double c = booking.Value3;
        return booking.Reason switch
        {
            ReasonCode.EntrySignal => Entry(booking.Confidence),
            ReasonCode.EntrySignalSubBar => Entry(booking.Confidence) + " (sub-bar)",
            ReasonCode.Pyramid => Text($"Pyramid #{a}"),
            ReasonCode.StopLoss => "Stop Loss",
            ReasonCode.TrailingStop => "Trailing Stop",
            ReasonCode.TakeProfitPartial => "Take Profit (Partial)",
            ReasonCode.TakeProfit => "Take Profit",
            ReasonCode.TakeProfitRemainder => "Take Profit (Remainder)",
            ReasonCode.TrendBreakdown => "Trend Breakdown (EMA Cross)",
            ReasonCode.TrendExhaustion => Text($"Trend Exhaustion (ADX < {a})"),
            ReasonCode.EmaMacroBreakdown => "EMA Macro Breakdown",
            ReasonCode.EmaMacroBreakout => "EMA Macro Breakout",
            ReasonCode.Stagnation => Text($"Stagnation Exit (Low Vol: {a:F2} < {b:F2})"),
            ReasonCode.FundingHeadwind => Text($"Funding Headwind Exit (FR: {a:F6}, Thr: {b:F2}, Dur: {c:F1}h)"),
            ReasonCode.TrendSaturation => Text($"Trend Saturation Momentum Exhaustion (ADX: {a:F1}, ADX_slope: {b:F2})"),
            ReasonCode.MacdDivergence => Text($"MACD Persistent Divergence (Profit: {a:F2} ATR)"),
            ReasonCode.RsiOverbought => Text($"RSI Overbought ({a:F1}, Thr: {b})"),
            ReasonCode.RsiOversold => Text($"RSI Oversold ({a:F1}, Thr: {b})"),
            ReasonCode.SignalFlip => "Signal Flip",
            ReasonCode.Liquidation => "Liquidation",
            ReasonCode.DataEnded => "Data ended",
            ReasonCode.EndOfRun => "End of Backtest",
            ReasonCode.FundingPayment => Text($"Funding rate={a:F6}"),
            ReasonCode.StopMoved => "Stop moved",
            _ => "Unknown",
        };
    }

    /// <summary>The category of an exit in tables: texts without their numbers, both directions of a rule together.</summary>
    public static string Category(ReasonCode reason) =>
        reason switch
        {
            ReasonCode.StopLoss => "Stop Loss",
            ReasonCode.TrailingStop => "Trailing Stop",
            ReasonCode.TakeProfitPartial or ReasonCode.TakeProfit or ReasonCode.TakeProfitRemainder => "Take Profit",
            ReasonCode.SignalFlip => "Signal Flip",
            ReasonCode.TrendBreakdown => "Trend Breakdown",
            ReasonCode.TrendExhaustion => "Trend Exhaustion",
            ReasonCode.EmaMacroBreakdown or ReasonCode.EmaMacroBreakout => "EMA Macro Breakdown",
            ReasonCode.Stagnation => "Stagnation Exit",
            ReasonCode.RsiOverbought or ReasonCode.RsiOversold => "RSI Overextension",
            ReasonCode.TrendSaturation => "TSME",
            ReasonCode.MacdDivergence => "MMDE",
            ReasonCode.FundingHeadwind => "Funding Headwind",
            ReasonCode.Liquidation => "Liquidation",
            ReasonCode.DataEnded => "Data ended",
            ReasonCode.EndOfRun => "End of Backtest",
            ReasonCode.EntrySignal or ReasonCode.EntrySignalSubBar => "Entry",
            ReasonCode.Pyramid => "Pyramid",
            ReasonCode.FundingPayment => "Funding",
            _ => "Unknown",
        };

    private static string Entry(Confidence confidence) =>
        confidence switch
        {
            Confidence.Low => "Low entry",
            Confidence.High => "High entry",
            _ => "Medium entry",
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
