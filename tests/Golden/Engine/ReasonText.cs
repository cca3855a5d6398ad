using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Golden.Engine;

/// <summary>Reasons in the words of the earlier system.</summary>
public static class ReasonText
{
    public const string SignalFlip = "Signal Flip";
    public const string EndOfData = "End of Backtest";

    /// <summary>Reason of an entry.</summary>
    public static string Entry(Confidence confidence, bool subBar) =>
        subBar ? $"{confidence} entry (sub-bar)" : $"{confidence} entry";

    /// <summary>Reason of the n-th add.</summary>
    public static string Add(int number) => $"Pyramid #{number}";

    /// <summary>Reason of a funding payment.</summary>
    public static string Funding(double rate) => $"Funding rate={rate:F6}";

    /// <summary>Reason of an exit. The funding headwind has none: no funding rate ever reached the earlier system's exits.</summary>
    public static string Exit(in ExitDecision d) =>
        d.Reason switch
        {
            ReasonCode.StopLoss => "Stop Loss",
            ReasonCode.TrailingStop => "Trailing Stop",
            ReasonCode.TakeProfit => "Take Profit",
            ReasonCode.TakeProfitPartial => "Take Profit (Partial)",
            ReasonCode.TrendBreakdown => "Trend Breakdown (EMA Cross)",
            ReasonCode.TrendExhaustion => $"Trend Exhaustion (ADX < {d.Value:R})",
            ReasonCode.EmaMacroBreakdown => "EMA Macro Breakdown",
            ReasonCode.EmaMacroBreakout => "EMA Macro Breakout",
            ReasonCode.Stagnation => $"Stagnation Exit (Low Vol: {d.Value:F2} < {d.Value2:F2})",
            ReasonCode.TrendSaturation => $"Trend Saturation Momentum Exhaustion (ADX: {d.Value:F1}, ADX_slope: {d.Value2:F2})",
            ReasonCode.MacdDivergence => $"MACD Persistent Divergence (Profit: {d.Value:F2} ATR)",
            ReasonCode.RsiOverbought => $"RSI Overbought ({d.Value:F1}, Thr: {d.Value2:R})",
            ReasonCode.RsiOversold => $"RSI Oversold ({d.Value:F1}, Thr: {d.Value2:R})",
            _ => throw new ArgumentOutOfRangeException(nameof(d), d.Reason, "no text for this reason"),
        };
}
