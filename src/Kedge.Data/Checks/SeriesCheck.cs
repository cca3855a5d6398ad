using Kedge.Data.Checks.Repair;
using Kedge.Data.Columns;
using Kedge.Data.Feed;
using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Checks;

/// <summary>Looks at one sorted series, bar by bar.</summary>
internal sealed unsafe class SeriesCheck(string file, string symbol, Interval interval, int zeroVolumeBars)
{
    private readonly Dictionary<CheckKind, Tally> _tallies = [];

    /// <summary>Everything that one database alone can get wrong.</summary>
    internal IEnumerable<CheckFinding> Bars(in BarColumns bars)
    {
        int flat = 0;
        for (int i = 0; i < bars.Count; i++)
        {
            Bar bar = bars[i];
            if (BarRules.Problem(in bar) is { } problem)
            {
                Count(CheckKind.Unusable, bar.OpenTimeMs, 1, problem);
            }
            else if (!BarRules.IsEnclosed(in bar))
            {
                Count(CheckKind.OutsideRange, bar.OpenTimeMs, 1, "open or close outside [low, high]");
            }

            if (bar.OpenTimeMs % interval.Ms != 0)
            {
                Count(CheckKind.Misaligned, bar.OpenTimeMs, 1, $"open time is no multiple of {interval}");
            }

            if (i > 0 && bar.OpenTimeMs == bars.OpenTimeMs[i - 1])
            {
                Count(CheckKind.Duplicate, bar.OpenTimeMs, 1, "open time is there twice");
            }

            flat = bar.Volume == 0.0 ? flat + 1 : 0;
            if (flat == zeroVolumeBars)
            {
                Count(CheckKind.ZeroVolume, bars.OpenTimeMs[i - flat + 1], 1, $"{zeroVolumeBars} bars or more without volume");
            }
        }

        return Findings();
    }

    /// <summary>Holes of the whole series, without bars that are proven to have had no trades.</summary>
    internal IEnumerable<CheckFinding> Gaps(in BarColumns bars, List<OpenRange> settled)
    {
        for (int i = 1; i < bars.Count; i++)
        {
            long missing = ((bars.OpenTimeMs[i] - bars.OpenTimeMs[i - 1]) / interval.Ms) - 1;
            if (missing <= 0)
            {
                continue;
            }

            OpenRange hole = new(bars.OpenTimeMs[i - 1] + interval.Ms, bars.OpenTimeMs[i]);
            foreach (OpenRange part in SettledBars.Without(hole, settled))
            {
                Count(
                    CheckKind.Gap,
                    part.FromMs,
                    Math.Max(1, (part.ToMs - part.FromMs) / interval.Ms),
                    "missing inside the series"
                );
            }
        }

        return Findings();
    }

    /// <summary>A finding made elsewhere.</summary>
    internal void Count(CheckKind kind, long timeMs, long count, string what)
    {
        if (_tallies.TryGetValue(kind, out Tally? tally))
        {
            tally.Count += count;
            tally.Places++;
        }
        else
        {
            _tallies.Add(kind, new Tally(timeMs, what) { Count = count });
        }
    }

    internal IEnumerable<CheckFinding> Findings() =>
        _tallies
            .OrderBy(p => p.Key)
            .Select(p => new CheckFinding(
                p.Key,
                p.Key is not (CheckKind.ZeroVolume or CheckKind.Overlap),
                file,
                symbol,
                interval.Name,
                p.Value.Count,
                p.Value.FirstMs,
                Text(p.Key, p.Value)
            ));

    private string Text(CheckKind kind, Tally tally)
    {
        string amount = kind switch
        {
            CheckKind.Gap => $"{Plural(tally.Count, "bar")} in {Plural(tally.Places, "hole")}",
            CheckKind.ZeroVolume => Plural(tally.Count, "run"),
            _ => Plural(tally.Count, "bar"),
        };
        return $"{file}: {symbol} {interval}: {amount}: {tally.What}; first at {CandleLoader.Time(tally.FirstMs)}";
    }

    private static string Plural(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private sealed class Tally(long firstMs, string what)
    {
        internal long FirstMs { get; } = firstMs;

        internal string What { get; } = what;

        internal long Count { get; set; }

        internal long Places { get; set; } = 1;
    }
}
