using System.Globalization;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>The indicators of one symbol as CSV, one line a bar, in the public rounded form or in full.</summary>
public static class IndicatorDump
{
    private const string Rounded =
        "t,close,ema_slow,ema_fast,ema_macro,adx,adx_slope,adx_pos,adx_neg,bb_upper,bb_lower,bb_width,atr,rsi,macd_hist,"
        + "stoch_rsi_k,stoch_rsi_d,vol_sma,vol_trend";

    private const string Full =
        "close,high,low,open,volume,t,ema_slow,ema_fast,ema_macro,adx,adx_pos,adx_neg,adx_slope,bb_upper,bb_lower,bb_width,"
        + "bb_width_avg,bb_width_ratio,atr,atr_slope,avg_atr,rsi,stoch_rsi_k,stoch_rsi_d,macd_hist,prev_macd_hist,prev2_macd_hist,"
        + "prev3_macd_hist,vol_sma,vol_trend,prev_close,prev_ema_fast,prev_ema_slow,bar_count,funding_rate";

    /// <summary>Writes the dump.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="bars">Bars of the symbol.</param>
    /// <param name="parameters">Windows.</param>
    /// <param name="full">All 35 fields with every digit, instead of the rounded public form.</param>
    public static void Write(TextWriter writer, BarColumns bars, in Parameters parameters, bool full)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(full ? Full : Rounded);
        writer.Write('\n');
        IndicatorBank bank = default;
        bank.Reset(parameters);
        Snapshot s = default;
        for (int i = 0; i < bars.Count; i++)
        {
            bank.Next(bars[i], ref s);
            if (full)
            {
                WriteFull(writer, s);
            }
            else
            {
                WriteRounded(writer, s);
            }

            writer.Write('\n');
        }
    }

    private static void WriteRounded(TextWriter w, in Snapshot s)
    {
        CultureInfo c = CultureInfo.InvariantCulture;
        w.Write(string.Create(c, $"{s.OpenTimeMs},{s.Close:F8},{s.EmaSlow:F8},{s.EmaFast:F8},{s.EmaMacro:F8},"));
        w.Write(string.Create(c, $"{s.Adx:F4},{s.AdxSlope:F4},{s.AdxPos:F4},{s.AdxNeg:F4},"));
        w.Write(string.Create(c, $"{s.BbUpper:F8},{s.BbLower:F8},{s.BbWidth:F6},{s.Atr:F8},{s.Rsi:F4},{s.MacdHist:F8},"));
        w.Write(string.Create(c, $"{s.StochRsiK:F4},{s.StochRsiD:F4},{s.VolSma:F4},{(s.VolTrend ? 1 : 0)}"));
    }

    private static void WriteFull(TextWriter w, in Snapshot s)
    {
        CultureInfo c = CultureInfo.InvariantCulture;
        w.Write(string.Create(c, $"{s.Close:R},{s.High:R},{s.Low:R},{s.Open:R},{s.Volume:R},{s.OpenTimeMs},"));
        w.Write(
            string.Create(c, $"{s.EmaSlow:R},{s.EmaFast:R},{s.EmaMacro:R},{s.Adx:R},{s.AdxPos:R},{s.AdxNeg:R},{s.AdxSlope:R},")
        );
        w.Write(string.Create(c, $"{s.BbUpper:R},{s.BbLower:R},{s.BbWidth:R},{s.BbWidthAvg:R},{s.BbWidthRatio:R},"));
        w.Write(string.Create(c, $"{s.Atr:R},{s.AtrSlope:R},{s.AvgAtr:R},{s.Rsi:R},{s.StochRsiK:R},{s.StochRsiD:R},"));
        w.Write(string.Create(c, $"{s.MacdHist:R},{s.PrevMacdHist:R},{s.Prev2MacdHist:R},{s.Prev3MacdHist:R},{s.VolSma:R},"));
        w.Write(string.Create(c, $"{(s.VolTrend ? 1 : 0)},{s.PrevClose:R},{s.PrevEmaFast:R},{s.PrevEmaSlow:R},{s.BarCount},"));
        w.Write(string.Create(c, $"{s.FundingRate:R}"));
    }
}
