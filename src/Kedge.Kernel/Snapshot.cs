namespace Kedge.Kernel;

/// <summary>
/// What is known about a symbol at its last closed main bar. Lagged fields hold values of the bar before, 0 when there was none. What a test of a position
/// reads stands together at the end, in as few lines of the cache as hold it.
/// </summary>
public struct Snapshot
{
    /// <summary>High of the bar.</summary>
    public double High;

    /// <summary>Low of the bar.</summary>
    public double Low;

    /// <summary>Open of the bar.</summary>
    public double Open;

    /// <summary>Volume of the bar, base asset.</summary>
    public double Volume;

    /// <summary>+DI, 0…100.</summary>
    public double AdxPos;

    /// <summary>−DI, 0…100.</summary>
    public double AdxNeg;

    /// <summary>Upper Bollinger band.</summary>
    public double BbUpper;

    /// <summary>Lower Bollinger band.</summary>
    public double BbLower;

    /// <summary>(upper − lower) ÷ close.</summary>
    public double BbWidth;

    /// <summary>Rolling mean of <see cref="BbWidth"/>.</summary>
    public double BbWidthAvg;

    /// <summary>Rolling mean of ATR.</summary>
    public double AvgAtr;

    /// <summary>Stochastic RSI %K, 0…1.</summary>
    public double StochRsiK;

    /// <summary>Stochastic RSI %D, 0…1.</summary>
    public double StochRsiD;

    /// <summary>Rolling mean of volume.</summary>
    public double VolSma;

    /// <summary>Fast EMA one bar earlier.</summary>
    public double PrevEmaFast;

    /// <summary>Slow EMA one bar earlier.</summary>
    public double PrevEmaSlow;

    /// <summary>Slow-EMA change over the slope window as a fraction of the close; 0 until the window is full.</summary>
    public double EmaSlowSlope;

    /// <summary>Bars processed before this one.</summary>
    public long BarCount;

    /// <summary>Open time of the bar, epoch ms.</summary>
    public long OpenTimeMs;

    /// <summary>Close of the bar.</summary>
    public double Close;

    /// <summary>Close one bar earlier.</summary>
    public double PrevClose;

    /// <summary>Average directional index, 0…100.</summary>
    public double Adx;

    /// <summary>ADX minus ADX of the bar before.</summary>
    public double AdxSlope;

    /// <summary>Average true range, price units.</summary>
    public double Atr;

    /// <summary>ATR minus ATR of the bar before.</summary>
    public double AtrSlope;

    /// <summary>Relative strength index, 0…100.</summary>
    public double Rsi;

    /// <summary><see cref="BbWidth"/> ÷ <see cref="BbWidthAvg"/>, 1 when the average is 0.</summary>
    public double BbWidthRatio;

    /// <summary>Fast EMA of closes.</summary>
    public double EmaFast;

    /// <summary>Slow EMA of closes.</summary>
    public double EmaSlow;

    /// <summary>Macro EMA of closes.</summary>
    public double EmaMacro;

    /// <summary>Last known hourly funding rate, a fraction of notional; 0 when none is known.</summary>
    public double FundingRate;

    /// <summary>MACD histogram, price units.</summary>
    public double MacdHist;

    /// <summary>Histogram one bar earlier.</summary>
    public double PrevMacdHist;

    /// <summary>Histogram two bars earlier.</summary>
    public double Prev2MacdHist;

    /// <summary>Histogram three bars earlier.</summary>
    public double Prev3MacdHist;

    /// <summary>Whether the short mean of volume is above the long one.</summary>
    public bool VolTrend;

    /// <summary>False until the symbol's first bar; every other field is then 0.</summary>
    public bool IsKnown;
}
