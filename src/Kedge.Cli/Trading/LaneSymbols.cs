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

        return list with
        {
            Symbols = symbols,
            Watched = [.. Watched(listed, anchor, symbols, held)],
        };
    }

    /// <summary>
    /// The list of a life. What cannot be is a mistake at a first start with nothing held. A lane that held something, or ran a moment ago, goes on with what there is:
    /// without the symbols that trade no more, with the list before it, and if nothing of that can be entered it only looks after what it holds.
    /// </summary>
    /// <param name="wanted">As the rules chose it.</param>
    /// <param name="before">What was watched before; null for a first life.</param>
    /// <param name="strategies">Strategies; null for the kernel's rules on all.</param>
    /// <param name="listed">Whether the venue lists a symbol.</param>
    /// <param name="held">What is held, or on its way.</param>
    /// <param name="anchor">The symbol the market is read off; empty for none.</param>
    /// <param name="warn">Takes what is otherwise than wanted, and why.</param>
    /// <exception cref="KedgeException">Nothing is held, and see <see cref="Divide"/> (exit 2).</exception>
    public static WatchlistState Choose(
        WatchlistState wanted,
        WatchlistState? before,
        StrategySelection? strategies,
        Func<string, bool> listed,
        IReadOnlyCollection<string> held,
        string anchor,
        Action<string> warn
    )
    {
        if (before is null && held.Count == 0)
        {
            return Divide(wanted, strategies, listed, held, anchor);
        }

        string? problem = null;
        foreach ((WatchlistState list, string otherwise) in Choices(wanted, before))
        {
            if (problem is not null)
            {
                warn($"{otherwise}: {problem}");
            }

            try
            {
                return Divide(list, strategies, listed, held, anchor);
            }
            catch (KedgeException e)
            {
                problem = e.Message;
            }
        }

        warn($"nothing is entered, and what is held is looked after: {problem}");
        return wanted with { Unknown = [], Symbols = [], Watched = [.. Watched(listed, anchor, [], held)] };
    }

    /// <summary>Whether two lists are of the same symbols, in whatever order.</summary>
    public static bool Same(WatchlistState a, WatchlistState b) =>
        a.Watched.ToHashSet(StringComparer.Ordinal).SetEquals(b.Watched)
        && a.Symbols.ToHashSet(StringComparer.Ordinal).SetEquals(b.Symbols);

    private static IEnumerable<(WatchlistState List, string Otherwise)> Choices(WatchlistState wanted, WatchlistState? before)
    {
        yield return (wanted, "");
        if (wanted.Unknown.Count > 0)
        {
            yield return (wanted with { Unknown = [] }, "the lane goes on without it");
        }

        if (before is not null)
        {
            yield return (before with { Unknown = [] }, "the watchlist stays as it was");
        }
    }

    private static IEnumerable<string> Watched(
        Func<string, bool> listed,
        string anchor,
        string[] symbols,
        IReadOnlyCollection<string> held
    )
    {
        string[] first = anchor.Length > 0 && listed(anchor) ? [anchor] : [];
        return first.Concat(symbols).Concat(held.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal);
    }
}
