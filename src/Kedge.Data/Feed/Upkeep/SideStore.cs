using Kedge.Data.Universe;
using Kedge.Model;

namespace Kedge.Data.Feed.Upkeep;

/// <summary>What a feed keeps beside its candles: <c>funding_rates.db</c> and <c>universe_history.db</c>, each made with its first row.</summary>
internal sealed class SideStore(string folder) : IDisposable
{
    private FundingRecorder? _funding;

    private string FundingPath => Path.Combine(folder, "funding_rates.db");

    /// <summary>Time of the newest rate of each symbol that has one.</summary>
    /// <exception cref="KedgeException">The database cannot be used (exit 4).</exception>
    public Dictionary<string, long> FundingLast(IEnumerable<string> symbols)
    {
        Dictionary<string, long> last = new(StringComparer.Ordinal);
        if (!File.Exists(FundingPath))
        {
            return last;
        }

        _funding ??= FundingRecorder.Open(FundingPath);
        foreach (string symbol in symbols)
        {
            if (_funding.Stored(symbol) is { } stored)
            {
                last[symbol] = stored.LastMs;
            }
        }

        return last;
    }

    /// <exception cref="KedgeException">It cannot be written (exit 4).</exception>
    public void Keep(FeedEffect.KeepFunding rates)
    {
        _funding ??= FundingRecorder.Open(FundingPath);
        _funding.Write(rates.Symbol, rates.Rates);
    }

    /// <exception cref="KedgeException">It cannot be written (exit 4).</exception>
    public void Keep(FeedEffect.KeepUniverse universe) =>
        UniverseStore.Observe(Path.Combine(folder, "universe_history.db"), universe.AtMs, universe.Symbols);

    public void Dispose() => _funding?.Dispose();
}
