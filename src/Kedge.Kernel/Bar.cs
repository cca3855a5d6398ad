namespace Kedge.Kernel;

/// <summary>One closed candle. It covers [<see cref="OpenTimeMs"/>, open time + interval).</summary>
public struct Bar
{
    /// <summary>Open time, UTC epoch milliseconds.</summary>
    public long OpenTimeMs;

    /// <summary>First price of the interval; finite and positive.</summary>
    public double Open;

    /// <summary>Highest price of the interval.</summary>
    public double High;

    /// <summary>Lowest price of the interval.</summary>
    public double Low;

    /// <summary>Last price of the interval.</summary>
    public double Close;

    /// <summary>Volume in the base asset, not negative.</summary>
    public double Volume;

    /// <summary>Builds a bar from its six numbers.</summary>
    public Bar(long openTimeMs, double open, double high, double low, double close, double volume)
    {
        OpenTimeMs = openTimeMs;
        Open = open;
        High = high;
        Low = low;
        Close = close;
        Volume = volume;
    }
}
