using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Audit;

/// <summary>Bars and funding rates as the databases hold them now, found by their time.</summary>
internal sealed class HeldData(ParityData data)
{
    private readonly Dictionary<string, FundingSeries> _funding = (data.Funding ?? []).ToDictionary(
        f => f.Symbol,
        StringComparer.Ordinal
    );

    /// <summary>Funding is compared.</summary>
    public bool HasFunding => data.Funding is not null;

    /// <summary>A series is compared.</summary>
    public bool Has(Interval interval) => data.Candles.Any(c => c.Interval == interval);

    /// <summary>Bars of a series with an open time in a span, oldest first.</summary>
    public IEnumerable<Bar> Between(string symbol, Interval interval, long fromMs, long toMs)
    {
        ICandleSet? set = data.Candles.FirstOrDefault(c => c.Interval == interval && IndexOf(c, symbol) >= 0);
        if (set is null)
        {
            return [];
        }

        BarColumns bars = set.Bars(IndexOf(set, symbol));
        int at = bars.Times.BinarySearch(fromMs);
        List<Bar> found = [];
        for (int i = at < 0 ? ~at : at; i < bars.Count && bars[i].OpenTimeMs <= toMs; i++)
        {
            found.Add(bars[i]);
        }

        return found;
    }

    /// <summary>One bar; null when there is none.</summary>
    public Bar? Find(string symbol, Interval interval, long openMs)
    {
        foreach (Bar bar in Between(symbol, interval, openMs, openMs))
        {
            return bar;
        }

        return null;
    }

    /// <summary>Rates of a symbol with a time in a span.</summary>
    public IEnumerable<(long TimeMs, double Rate)> RatesBetween(string symbol, long fromMs, long toMs)
    {
        if (!_funding.TryGetValue(symbol, out FundingSeries? series))
        {
            yield break;
        }

        int at = Array.BinarySearch(series.TimeMs, fromMs);
        for (int i = at < 0 ? ~at : at; i < series.TimeMs.Length && series.TimeMs[i] <= toMs; i++)
        {
            yield return (series.TimeMs[i], series.Rate[i]);
        }
    }

    private static int IndexOf(ICandleSet set, string symbol)
    {
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            if (string.Equals(set.Symbols[i], symbol, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
