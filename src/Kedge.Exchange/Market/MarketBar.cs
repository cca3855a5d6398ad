namespace Kedge.Exchange.Market;

/// <summary>One candle in ticks and lots.</summary>
/// <param name="OpenMs">Start, UTC epoch milliseconds.</param>
/// <param name="LengthMs">Length.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Lots traded.</param>
public readonly record struct MarketBar(long OpenMs, long LengthMs, long Open, long High, long Low, long Close, long Volume)
{
    /// <summary>Whether it can be a candle: high and low enclose the others, nothing is below its bound.</summary>
    public bool IsConsistent =>
        Low > 0 && LengthMs > 0 && Volume >= 0 && Low <= Math.Min(Open, Close) && High >= Math.Max(Open, Close);
}
