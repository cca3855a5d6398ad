namespace Kedge.Exchange.Market;

/// <summary>What the market of one symbol does, bar by bar.</summary>
/// <param name="Symbol">Index of the instrument.</param>
/// <param name="Bars">
/// Consistent bars of one length that a client can ask for, at least a minute and not a month, beginning at multiples of it; oldest first, none
/// overlapping, at least one.
/// </param>
/// <param name="Trades">Number of trades of each bar; empty when it is not known.</param>
/// <param name="Seed">Seed of the paths inside the bars.</param>
public sealed record MarketSeries(int Symbol, IReadOnlyList<MarketBar> Bars, IReadOnlyList<int> Trades, ulong Seed)
{
    /// <summary>
    /// History before <see cref="Bars"/> that is known only in other, usually longer, bars: each goes into the candles of its own length and of those
    /// that hold it whole. Oldest first, none overlapping, all before the first of the bars.
    /// </summary>
    public IReadOnlyList<MarketBar> Older { get; init; } = [];

    /// <summary>The same bars earlier or later: recorded ones at a client's own time, for example.</summary>
    /// <param name="ms">Milliseconds; a multiple of the bars' length. Only a multiple of a day keeps all longer candles but weeks and months.</param>
    public MarketSeries ShiftedBy(long ms) =>
        this with
        {
            Bars = [.. Bars.Select(bar => bar with { OpenMs = bar.OpenMs + ms })],
            Older = [.. Older.Select(bar => bar with { OpenMs = bar.OpenMs + ms })],
        };

    /// <summary>Says what is wrong with the series, null for nothing.</summary>
    /// <param name="maxPrice">Highest price of the instrument, ticks.</param>
    internal string? Fault(long maxPrice)
    {
        if (Bars.Count == 0 || (Trades.Count != 0 && Trades.Count != Bars.Count))
        {
            return "It needs bars, and as many numbers of trades as bars or none.";
        }

        long lengthMs = Bars[0].LengthMs;
        if (lengthMs == CandleInterval.MonthMs || CandleInterval.Find(lengthMs) < 0)
        {
            return "No client can ask for bars of that length.";
        }

        long endMs = 0;
        foreach (MarketBar bar in Older)
        {
            if (
                CandleInterval.Find(bar.LengthMs) < 0
                || bar.LengthMs == CandleInterval.MonthMs
                || IsWrong(bar, maxPrice, ref endMs)
            )
            {
                return $"The older bar at {bar.OpenMs} is inconsistent, out of place, of no length a client can ask for or beyond the highest price.";
            }
        }

        foreach (MarketBar bar in Bars)
        {
            if (bar.LengthMs != lengthMs || IsWrong(bar, maxPrice, ref endMs))
            {
                return $"The bar at {bar.OpenMs} is inconsistent, out of place, of another length or beyond the highest price.";
            }
        }

        return Trades.Any(count => count < 0) ? "A number of trades is below zero." : null;
    }

    private static bool IsWrong(in MarketBar bar, long maxPrice, ref long endMs)
    {
        bool isWrong = !bar.IsConsistent || bar.High > maxPrice || bar.OpenMs < endMs || bar.OpenMs % bar.LengthMs != 0;
        endMs = bar.OpenMs + bar.LengthMs;
        return isWrong;
    }
}
