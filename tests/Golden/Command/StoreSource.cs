using Kedge.Data;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>Reads the databases of the command line; nothing is written beside them.</summary>
public sealed class StoreSource : IGoldenSource
{
    public SortedDictionary<string, Bar[]> Candles(string paths, Interval interval)
    {
        using ICandleSet set = CandleStore.Open(paths, interval, new CandleOpenOptions(UseCache: false));
        SortedDictionary<string, Bar[]> bars = new(StringComparer.Ordinal);
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            BarColumns columns = set.Bars(i);
            Bar[] copy = new Bar[columns.Count];
            for (int k = 0; k < copy.Length; k++)
            {
                copy[k] = columns[k];
            }

            bars[set.Symbols[i]] = copy;
        }

        return bars;
    }

    public IReadOnlyList<FundingSeries> Funding(string paths) => FundingStore.Load(paths);
}
