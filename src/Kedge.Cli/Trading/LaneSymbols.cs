using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Trading;

/// <summary>What a lane watches, and what of it its strategies may enter.</summary>
internal static class LaneSymbols
{
    /// <summary>A watchlist as the engine needs it: only listed symbols, and where strategies have symbols of their own only theirs may be entered.</summary>
    /// <param name="list">As the rules chose it.</param>
    /// <param name="strategies">Strategies; null for the kernel's rules on all.</param>
    /// <param name="listed">Whether the venue lists a symbol.</param>
    /// <param name="held">What is held, or on its way.</param>
    /// <param name="anchor">The symbol the market is read off; empty for none.</param>
    /// <exception cref="KedgeException">Nothing is left, or a strategy names a symbol that is not there (exit 2).</exception>
    public static WatchlistState Divide(
        WatchlistState list,
        StrategySelection? strategies,
        Func<string, bool> listed,
        IReadOnlyCollection<string> held,
        string anchor
    )
    {
        if (list.Unknown.Count > 0)
        {
            throw KedgeException.Usage($"{string.Join(' ', list.Unknown)}: the venue does not list it; look at its spelling");
        }

        string[] symbols = [.. list.Symbols.Where(listed)];
        if (strategies is not null)
        {
            symbols = [.. strategies.Claimed(symbols)];
        }

        if (symbols.Length == 0)
        {
            throw KedgeException.Usage("there is no symbol to trade; name some with --symbols, or look at watchlist_exclude");
        }

        string[] first = anchor.Length > 0 && listed(anchor) ? [anchor] : [];
        return list with
        {
            Symbols = symbols,
            Watched = [.. first.Concat(symbols).Concat(held.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>Whether two lists are of the same symbols, in whatever order.</summary>
    public static bool Same(WatchlistState a, WatchlistState b) =>
        a.Watched.ToHashSet(StringComparer.Ordinal).SetEquals(b.Watched)
        && a.Symbols.ToHashSet(StringComparer.Ordinal).SetEquals(b.Symbols);
}
