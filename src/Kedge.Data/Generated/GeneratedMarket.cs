using Kedge.Data.Columns;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Generated;

/// <summary>A market made by <see cref="MarketGenerator"/>.</summary>
/// <param name="Interval">Length of the bars.</param>
/// <param name="Bars">Bars by symbol, ascending.</param>
/// <param name="Funding">Hourly funding, symbols in ordinal order.</param>
public sealed record GeneratedMarket(
    Interval Interval,
    IReadOnlyDictionary<string, IReadOnlyList<Bar>> Bars,
    IReadOnlyList<FundingSeries> Funding
)
{
    /// <summary>The bars as a candle set; the caller disposes it.</summary>
    public MemoryCandleSet ToCandleSet() => new(Interval, Bars);
}
