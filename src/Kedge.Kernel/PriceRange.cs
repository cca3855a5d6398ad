namespace Kedge.Kernel;

/// <summary>The prices of the bar at whose close a position is tested. Between bars all four are the same live price.</summary>
public struct PriceRange
{
    /// <summary>Open time of the bar, epoch ms; a position opened later only knows the close.</summary>
    public long OpenTimeMs;

    /// <summary>Open.</summary>
    public double Open;

    /// <summary>High.</summary>
    public double High;

    /// <summary>Low.</summary>
    public double Low;

    /// <summary>Close: the tested price.</summary>
    public double Close;

    /// <summary>The prices of a bar.</summary>
    public static PriceRange Of(in Bar bar)
    {
        PriceRange range;
        range.OpenTimeMs = bar.OpenTimeMs;
        range.Open = bar.Open;
        range.High = bar.High;
        range.Low = bar.Low;
        range.Close = bar.Close;
        return range;
    }
}
