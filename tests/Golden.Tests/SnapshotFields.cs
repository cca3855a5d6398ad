using Kedge.Kernel;

namespace Kedge.Golden.Tests;

/// <summary>The 35 fields of a snapshot under the names and in the order of the golden dumps (indicators.md §3).</summary>
internal static class SnapshotFields
{
    /// <summary>Name and value of every field; booleans are 0 or 1.</summary>
    public static IReadOnlyList<(string Name, Func<Snapshot, double> Value)> All { get; } =
    [
        ("close", s => s.Close),
        ("high", s => s.High),
        ("low", s => s.Low),
        ("open", s => s.Open),
        ("volume", s => s.Volume),
        ("t", s => s.OpenTimeMs),
        ("ema_slow", s => s.EmaSlow),
        ("ema_fast", s => s.EmaFast),
        ("ema_macro", s => s.EmaMacro),
        ("adx", s => s.Adx),
        ("adx_pos", s => s.AdxPos),
        ("adx_neg", s => s.AdxNeg),
        ("adx_slope", s => s.AdxSlope),
        ("bb_upper", s => s.BbUpper),
        ("bb_lower", s => s.BbLower),
        ("bb_width", s => s.BbWidth),
        ("bb_width_avg", s => s.BbWidthAvg),
        ("bb_width_ratio", s => s.BbWidthRatio),
        ("atr", s => s.Atr),
        ("atr_slope", s => s.AtrSlope),
        ("avg_atr", s => s.AvgAtr),
        ("rsi", s => s.Rsi),
        ("stoch_rsi_k", s => s.StochRsiK),
        ("stoch_rsi_d", s => s.StochRsiD),
        ("macd_hist", s => s.MacdHist),
        ("prev_macd_hist", s => s.PrevMacdHist),
        ("prev2_macd_hist", s => s.Prev2MacdHist),
        ("prev3_macd_hist", s => s.Prev3MacdHist),
        ("vol_sma", s => s.VolSma),
        ("vol_trend", s => s.VolTrend ? 1.0 : 0.0),
        ("prev_close", s => s.PrevClose),
        ("prev_ema_fast", s => s.PrevEmaFast),
        ("prev_ema_slow", s => s.PrevEmaSlow),
        ("bar_count", s => s.BarCount),
        ("funding_rate", s => s.FundingRate),
    ];
}
