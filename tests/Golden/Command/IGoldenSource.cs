using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>Where a replay reads its series from.</summary>
public interface IGoldenSource
{
    /// <summary>All bars of an interval by symbol, ordinal.</summary>
    /// <param name="paths">The database argument: a comma list of files and folders.</param>
    /// <param name="interval">Interval to read.</param>
    SortedDictionary<string, Bar[]> Candles(string paths, Interval interval);

    /// <summary>All funding records.</summary>
    IReadOnlyList<FundingSeries> Funding(string paths);
}
