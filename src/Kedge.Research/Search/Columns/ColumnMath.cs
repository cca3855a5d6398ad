using Kedge.Kernel;
using Kedge.Kernel.Indicators;

namespace Kedge.Research.Search.Columns;

/// <summary>Fills a column of one symbol with the kernel's own indicators: the same inputs in the same order, hence the same bits as a replay.</summary>
internal static unsafe class ColumnMath
{
    /// <summary>Fills it.</summary>
    /// <param name="key">Which column.</param>
    /// <param name="bars">Bars of the symbol.</param>
    /// <param name="count">How many.</param>
    /// <param name="source">The column it is made from, of kinds that are made from one.</param>
    /// <param name="to">Where to.</param>
    public static void Fill(ColumnKey key, Bar* bars, int count, double* source, double* to)
    {
        switch (key.Kind)
        {
            case ColumnKind.Ema:
                Ema ema = default;
                ema.Reset(key.Window);
                for (int i = 0; i < count; i++)
                {
                    to[i] = ema.Next(bars[i].Close);
                }

                break;
            case ColumnKind.Adx:
                Adx adx = default;
                adx.Reset(key.Window);
                for (int i = 0; i < count; i++)
                {
                    adx.Next(bars[i], out to[i], out _, out _);
                }

                break;
            case ColumnKind.Atr:
                Atr atr = default;
                atr.Reset(key.Window);
                for (int i = 0; i < count; i++)
                {
                    to[i] = atr.Next(bars[i]);
                }

                break;
            case ColumnKind.Rsi:
                Rsi rsi = default;
                rsi.Reset(key.Window);
                for (int i = 0; i < count; i++)
                {
                    to[i] = rsi.Next(bars[i].Close);
                }

                break;
            case ColumnKind.Macd:
                Macd macd = default;
                macd.Reset();
                for (int i = 0; i < count; i++)
                {
                    to[i] = macd.Next(bars[i].Close);
                }

                break;
            default:
                FillRolling(key, bars, count, source, to);
                break;
        }
    }

    private static void FillRolling(ColumnKey key, Bar* bars, int count, double* source, double* to)
    {
        switch (key.Kind)
        {
            case ColumnKind.BandWidth:
                Bollinger bands = default;
                bands.Reset(key.Window);
                for (int i = 0; i < count; i++)
                {
                    double close = bars[i].Close;
                    bands.Next(close, out double upper, out double lower);
                    to[i] = close > 0.0 ? (upper - lower) / close : 0.0;
                }

                break;
            case ColumnKind.BandRatio:
                RollingMean width = default;
                width.Reset(key.Second);
                for (int i = 0; i < count; i++)
                {
                    double average = width.Next(source[i]);
                    to[i] = average > 0.0 ? source[i] / average : 1.0;
                }

                break;
            case ColumnKind.AverageAtr:
                RollingMean range = default;
                range.Reset(key.Second);
                for (int i = 0; i < count; i++)
                {
                    to[i] = range.Next(source[i]);
                }

                break;
            case ColumnKind.StochRsi:
                StochRsi stochastic = default;
                stochastic.Reset(key.Second, key.Third, 2);
                for (int i = 0; i < count; i++)
                {
                    stochastic.Next(source[i], out to[i], out _);
                }

                break;
            default:
                RollingMean volume = default;
                volume.Reset(key.Window);
                for (int i = 0; i < count; i++)
                {
                    to[i] = volume.Next(bars[i].Volume);
                }

                break;
        }
    }
}
