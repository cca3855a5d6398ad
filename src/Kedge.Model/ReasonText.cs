using System.Globalization;
using Kedge.Kernel;

namespace Kedge.Model;

/// <summary>The documented texts of reasons, made from their codes and numbers.</summary>
public static class ReasonText
{
    /// <summary>The text of a booking's reason, e.g. <c>Trend Exhaustion (ADX &lt; 22)</c>.</summary>
    public static string For(in Booking booking) =>
        For(booking.Reason, booking.Confidence, booking.Value, booking.Value2, booking.Value3);

    /// <summary>The text of an order's reason.</summary>
    public static string For(in KernelOrder order) =>
        For(order.Reason, order.Confidence, order.Value, order.Value2, order.Value3);

    /// <summary>The text of a reason with its numbers.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="confidence">Of the signal or the position.</param>
    /// <param name="a">First number, see <see cref="ReasonCode"/>.</param>
    /// <param name="b">Second number.</param>
    /// <param name="c">Third number.</param>
    public static string For(ReasonCode reason, Confidence confidence, double a, double b, double c) =>
        reason switch
        {
            ReasonCode.EntrySignal => Entry(confidence),
            ReasonCode.EntrySignalSubBar => Entry(confidence) + " (sub-bar)",
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
            ReasonCode.RiskReduction => "Risk reduction",
            ReasonCode.OperatorOrder => "Operator",
            ReasonCode.StrategySignal => "Strategy signal",
            ReasonCode.VenueForced => "Forced by the venue",
            ReasonCode.ForeignFill => "Foreign fill",
            _ => "Unknown",
        };

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
            ReasonCode.RiskReduction => "Risk reduction",
            ReasonCode.OperatorOrder => "Operator",
            ReasonCode.StrategySignal => "Strategy signal",
            ReasonCode.VenueForced => "Forced by the venue",
            ReasonCode.ForeignFill => "Foreign fill",
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
