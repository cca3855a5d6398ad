using Kedge.Golden.Command;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Golden.Tests;

/// <summary>Serves the recorded series under the database names of the golden arguments (<c>DB/hl12_1h.db</c>).</summary>
internal sealed class GoldenSeriesSource : IGoldenSource
{
    public SortedDictionary<string, Bar[]> Candles(string paths, Interval interval)
    {
        string name = Path.GetFileNameWithoutExtension(paths);
        Assert.EndsWith($"_{interval.Name}", name, StringComparison.Ordinal);
        return GoldenSeries.Candles(name);
    }

    public IReadOnlyList<FundingSeries> Funding(string paths) => [.. GoldenSeries.Funding.Values];
}
