using Kedge.Data;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>The span of ticks a run trades in, from what the user asked and what the series cover. All times are closes.</summary>
/// <param name="FromMs">First tick, epoch ms.</param>
/// <param name="ToMs">Last tick, epoch ms.</param>
public readonly record struct TradeWindow(long FromMs, long ToMs)
{
    /// <summary>No limits.</summary>
    public static TradeWindow Unlimited => new(long.MinValue, long.MaxValue);

    /// <summary>Works out the window.</summary>
    /// <param name="main">Main candles, before any symbol filter.</param>
    /// <param name="exit">Exit candles or null.</param>
    /// <param name="entry">Entry candles or null.</param>
    /// <param name="fromMs">Asked first tick or null.</param>
    /// <param name="toMs">Asked last tick or null.</param>
    /// <param name="autoScope">Whether bounds not asked for are cut to what the finer series cover together.</param>
    /// <exception cref="KedgeException">Nothing is covered by all, or an asked bound lies outside.</exception>
    public static TradeWindow Of(ICandleSet main, ICandleSet? exit, ICandleSet? entry, long? fromMs, long? toMs, bool autoScope)
    {
        if (fromMs > toMs)
        {
            throw KedgeException.Usage(
                $"--from {Timestamp.Show(fromMs.Value)} is after --to {Timestamp.Show(toMs.Value)}; swap them"
            );
        }

        List<(string Name, long Open, long First, long Last)> covered = [];
        Cover(covered, "exit candles", exit);
        Cover(covered, "entry candles", entry);
        if (covered.Count == 0)
        {
            Cover(covered, "candles", main);
        }

        long first = covered.Max(c => c.First);
        long last = covered.Min(c => c.Last);
        if (first > last)
        {
            string spans = string.Join(", ", covered.Select(Span));
            throw KedgeException.Usage($"the series have no time in common: {spans}");
        }

        foreach ((string name, long open, _, long end) in covered)
        {
            Check("--from", fromMs, name, open, end);
            Check("--to", toMs, name, open, end);
        }

        return autoScope
            ? new TradeWindow(fromMs ?? first, toMs ?? last)
            : new TradeWindow(fromMs ?? long.MinValue, toMs ?? long.MaxValue);
    }

    private static void Cover(List<(string Name, long Open, long First, long Last)> covered, string name, ICandleSet? set)
    {
        if (set?.Range() is { } range)
        {
            covered.Add((name, range.FirstMs, range.FirstMs + set.Interval.Ms, range.LastMs + set.Interval.Ms));
        }
    }

    private static void Check(string option, long? bound, string name, long first, long last)
    {
        // A bound may be the open of the first bar: nothing happens before its close.
        if (bound is { } at && (at > last || at < first))
        {
            throw KedgeException.Usage(
                $"{option} {Timestamp.Show(at)} lies outside the {name} ({Timestamp.Show(first)} to {Timestamp.Show(last)}); choose a time inside"
            );
        }
    }

    private static string Span((string Name, long Open, long First, long Last) c) =>
        $"{c.Name} {Timestamp.Show(c.First)} to {Timestamp.Show(c.Last)}";
}
