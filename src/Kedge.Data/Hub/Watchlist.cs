using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>
/// Chooses what is watched. By volume a symbol enters at a rank within the top N, and leaves only after several looks in a row beyond N and a margin,
/// so that two symbols of like volume do not take turns.
/// </summary>
public static class Watchlist
{
    /// <summary>The watchlist after one more look.</summary>
    /// <param name="before">As it stood.</param>
    /// <param name="rules">Rules.</param>
    /// <param name="volumes">What was traded in 24 hours, of each symbol that trades; null when that is not known now.</param>
    /// <param name="held">Symbols with a position.</param>
    public static WatchlistState Next(
        WatchlistState before,
        WatchlistRules rules,
        IReadOnlyList<DayVolume>? volumes,
        IReadOnlyCollection<string> held
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(held);
        WatchlistState next =
            rules.Named.Count > 0 ? Named(rules, volumes)
            : volumes is { Count: > 0 } ? ByVolume(before, rules, volumes)
            : before.Source == WatchlistSource.Volume ? WithoutExcluded(before, rules)
            : BuiltIn(rules);
        string[] anchor = rules.Anchor.Length == 0 ? [] : [rules.Anchor];
        return next with
        {
            Watched =
            [
                .. anchor.Concat(next.Symbols).Concat(held.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal),
            ],
        };
    }

    private static WatchlistState Named(WatchlistRules rules, IReadOnlyList<DayVolume>? volumes)
    {
        List<string> symbols = [];
        List<string> unknown = [];
        foreach (string name in rules.Named)
        {
            string? known = volumes is { Count: > 0 } ? Spelling(name, volumes) : name;
            if (known is null)
            {
                unknown.Add(name);
            }
            else if (!IsExcluded(known, rules) && !symbols.Contains(known, StringComparer.Ordinal))
            {
                symbols.Add(known);
            }
        }

        return new WatchlistState
        {
            Symbols = symbols,
            Unknown = unknown,
            Source = WatchlistSource.Named,
        };
    }

    private static WatchlistState ByVolume(WatchlistState before, WatchlistRules rules, IReadOnlyList<DayVolume> volumes)
    {
        string[] ranked =
        [
            .. volumes
                .Where(v => v.NotionalUsd > 0.0 && !IsExcluded(v.Symbol, rules))
                .OrderByDescending(v => v.NotionalUsd)
                .ThenBy(v => v.Symbol, StringComparer.Ordinal)
                .Select(v => v.Symbol),
        ];
        HashSet<string> members = before.Source == WatchlistSource.Volume ? [.. before.Symbols] : [];
        HashSet<string> trades = [.. volumes.Select(v => v.Symbol)];
        Dictionary<string, int> beyond = new(StringComparer.Ordinal);
        List<string> symbols = [];
        for (int i = 0; i < ranked.Length; i++)
        {
            if (i < rules.TopN || (members.Contains(ranked[i]) && Stays(ranked[i], i + 1)))
            {
                symbols.Add(ranked[i]);
            }
        }

        // Traded today no more, but listed: ranked last.
        foreach (string member in before.Symbols.Where(m => members.Contains(m) && trades.Contains(m) && !IsExcluded(m, rules)))
        {
            if (!ranked.Contains(member, StringComparer.Ordinal) && Stays(member, int.MaxValue))
            {
                symbols.Add(member);
            }
        }

        // However volumes jump about, those that wait to leave do not become more than those that were chosen.
        int most = (2 * rules.TopN) + rules.Margin;
        return new WatchlistState
        {
            Symbols = symbols.Count > most ? symbols[..most] : symbols,
            LooksBeyond = beyond,
            Source = WatchlistSource.Volume,
        };

        bool Stays(string symbol, int rank)
        {
            if (rank <= rules.TopN + rules.Margin)
            {
                return true;
            }

            int looks = before.LooksBeyond.GetValueOrDefault(symbol) + 1;
            if (looks >= rules.Looks)
            {
                return false;
            }

            beyond[symbol] = looks;
            return true;
        }
    }

    private static WatchlistState WithoutExcluded(WatchlistState before, WatchlistRules rules) =>
        before with
        {
            Symbols = [.. before.Symbols.Where(s => !IsExcluded(s, rules))],
        };

    private static WatchlistState BuiltIn(WatchlistRules rules) =>
        new() { Symbols = [.. WatchlistRules.BuiltIn.Where(s => !IsExcluded(s, rules))], Source = WatchlistSource.BuiltIn };

    private static bool IsExcluded(string symbol, WatchlistRules rules) =>
        rules.Exclude.Contains(symbol, StringComparer.OrdinalIgnoreCase);

    /// <summary>The venue's spelling: exact, else regardless of case when that is unique.</summary>
    private static string? Spelling(string name, IReadOnlyList<DayVolume> volumes)
    {
        if (volumes.Any(v => string.Equals(v.Symbol, name, StringComparison.Ordinal)))
        {
            return name;
        }

        string[] near = [.. volumes.Select(v => v.Symbol).Where(s => string.Equals(s, name, StringComparison.OrdinalIgnoreCase))];
        return near.Length == 1 ? near[0] : null;
    }
}
