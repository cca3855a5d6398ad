using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>The columns that the decisions of one set of parameters read.</summary>
public readonly record struct ColumnUse
{
    /// <summary>Fast average.</summary>
    public ColumnKey EmaFast { get; private init; }

    /// <summary>Slow average; the slope is read off it too.</summary>
    public ColumnKey EmaSlow { get; private init; }

    /// <summary>Macro average.</summary>
    public ColumnKey EmaMacro { get; private init; }

    /// <summary>ADX.</summary>
    public ColumnKey Adx { get; private init; }

    /// <summary>ATR.</summary>
    public ColumnKey Atr { get; private init; }

    /// <summary>Mean of the ATR.</summary>
    public ColumnKey AverageAtr { get; private init; }

    /// <summary>RSI.</summary>
    public ColumnKey Rsi { get; private init; }

    /// <summary>Band ratio.</summary>
    public ColumnKey BandRatio { get; private init; }

    /// <summary>Stochastic RSI.</summary>
    public ColumnKey StochRsi { get; private init; }

    /// <summary>MACD histogram.</summary>
    public ColumnKey Macd { get; private init; }

    /// <summary>Mean of volume.</summary>
    public ColumnKey VolumeMean { get; private init; }

    /// <summary>Short mean of volume.</summary>
    public ColumnKey VolumeTrend { get; private init; }

    /// <summary>The columns of parameters.</summary>
    public static ColumnUse Of(in Parameters p) =>
        new()
        {
            EmaFast = new ColumnKey(ColumnKind.Ema, p.Indicators.EmaFastWindow),
            EmaSlow = new ColumnKey(ColumnKind.Ema, p.Indicators.EmaSlowWindow),
            EmaMacro = new ColumnKey(ColumnKind.Ema, p.Indicators.EmaMacroWindow),
            Adx = new ColumnKey(ColumnKind.Adx, p.Indicators.AdxWindow),
            Atr = new ColumnKey(ColumnKind.Atr, p.Indicators.AtrWindow),
            AverageAtr = new ColumnKey(ColumnKind.AverageAtr, p.Indicators.AtrWindow, p.Entry.AveAvgAtrWindow),
            Rsi = new ColumnKey(ColumnKind.Rsi, p.Indicators.RsiWindow),
            BandRatio = new ColumnKey(ColumnKind.BandRatio, p.Indicators.BbWindow, p.Indicators.BbWidthAvgWindow),
            StochRsi = new ColumnKey(
                ColumnKind.StochRsi,
                p.Indicators.RsiWindow,
                p.Indicators.StochRsiWindow,
                p.Indicators.StochRsiSmooth1
            ),
            Macd = new ColumnKey(ColumnKind.Macd, 0),
            VolumeMean = new ColumnKey(ColumnKind.Volume, p.Indicators.VolSmaWindow),
            VolumeTrend = new ColumnKey(ColumnKind.Volume, p.Indicators.VolTrendWindow),
        };
}
