namespace Kedge.Research.Search.Columns;

/// <summary>Indicator columns that decisions read. Everything else a decision looks at is a neighbour in one of them, or the bar itself.</summary>
public enum ColumnKind
{
    /// <summary>Exponential average of closes: fast, slow and macro are the same kind.</summary>
    Ema = 0,

    /// <summary>Average directional index.</summary>
    Adx = 1,

    /// <summary>Average true range.</summary>
    Atr = 2,

    /// <summary>Rolling mean of an ATR.</summary>
    AverageAtr = 3,

    /// <summary>Relative strength index.</summary>
    Rsi = 4,

    /// <summary>Width of the Bollinger bands.</summary>
    BandWidth = 5,

    /// <summary>Band width ÷ its rolling mean.</summary>
    BandRatio = 6,

    /// <summary>Stochastic RSI %K.</summary>
    StochRsi = 7,

    /// <summary>MACD histogram.</summary>
    Macd = 8,

    /// <summary>Rolling mean of volume: its trend compares two of them.</summary>
    Volume = 9,
}
