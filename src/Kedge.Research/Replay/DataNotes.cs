using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>What the data of a run lack, in one line each.</summary>
internal static class DataNotes
{
    public static void Describe(ReplayInput input, List<string> notes)
    {
        Gaps("candles", input.Main, notes);
        Gaps("exit candles", input.Exit, notes);
        if (!ReferenceEquals(input.Entry, input.Exit))
        {
            Gaps("entry candles", input.Entry, notes);
        }

        Uncovered("exit", "exits are tested", input.Main, input.Exit, notes);
        Uncovered("entry", "entries are decided", input.Main, input.Entry, notes);
        IdleEntry(input, notes);
        FundingGaps(input, notes);
        WarmUp(input, notes);
    }

    private static void Gaps(string what, ICandleSet? set, List<string> notes)
    {
        if (set is null)
        {
            return;
        }

        List<string> found = [];
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            GapSummary gaps = set.Gaps(i);
            if (gaps.Holes > 0)
            {
                found.Add($"{set.Symbols[i]} {gaps.MissingBars} bars in {gaps.Holes}");
            }
        }

        if (found.Count > 0)
        {
            notes.Add($"{what} have gaps: {Listed(found)}");
        }
    }

    private static void Uncovered(string name, string what, ICandleSet main, ICandleSet? finer, List<string> notes)
    {
        if (finer is null)
        {
            return;
        }

        List<string> missing = [.. main.Symbols.Where(s => !finer.Symbols.Contains(s, StringComparer.Ordinal))];
        if (missing.Count > 0)
        {
            notes.Add($"no {name} candles for {Listed(missing)}: {what} on main bars there");
        }
    }

    /// <summary>The configuration warns of its own entry interval; one from the command line is only known here.</summary>
    private static void IdleEntry(ReplayInput input, List<string> notes)
    {
        const string Key = "engine.signal_on_candle_close";
        bool idle = input.Portfolio.SignalOnCandleClose && input.Entry is { } entry && entry.Interval != input.Main.Interval;
        if (idle && !notes.Exists(n => n.Contains(Key, StringComparison.Ordinal)))
        {
            notes.Add($"the entry candles have no effect while {Key} is true: entries are decided on main bars");
        }
    }

    private static void FundingGaps(ReplayInput input, List<string> notes)
    {
        if (input.Funding is not { } funding)
        {
            return;
        }

        int rejected = 0;
        List<string> holes = [];
        List<string> missing = [];
        for (int i = 0; i < funding.Length; i++)
        {
            if (funding[i].Rates.Length == 0)
            {
                missing.Add(input.Main.Symbols[i]);
                continue;
            }

            // A position can be held from the first close of its symbol in the run to the last.
            BarColumns bars = input.Main.Bars(i);
            long from = Math.Max(input.FromMs, bars.Times[0] + input.Main.Interval.Ms);
            long to = Math.Min(input.ToMs, bars.Times[^1] + input.Main.Interval.Ms);
            if (from <= to)
            {
                rejected += funding[i].RejectedWithin(from, to);
                int found = funding[i].HolesWithin(from, to);
                if (found > 0)
                {
                    holes.Add($"{input.Main.Symbols[i]} {found}");
                }
            }
        }

        if (rejected > 0)
        {
            notes.Add($"{rejected} funding records rejected: more than 5 minutes after their hour, or a second one for it");
        }

        if (holes.Count > 0)
        {
            notes.Add($"funding has holes longer than 1.5 times its spacing, nothing is charged in them: {Listed(holes)}");
        }

        if (missing.Count > 0)
        {
            notes.Add($"no funding for {Listed(missing)}");
        }
    }

    private static void WarmUp(ReplayInput input, List<string> notes)
    {
        int longest = 0;
        foreach (Parameters p in input.Parameters)
        {
            longest = Math.Max(longest, p.Indicators.EmaMacroWindow * (p.Filters.RequireMacroAlignment ? 1 : 0));
            longest = Math.Max(longest, p.Indicators.EmaSlowWindow);
            longest = Math.Max(longest, p.Indicators.BbWindow + p.Indicators.BbWidthAvgWindow);
            longest = Math.Max(longest, 2 * p.Indicators.AdxWindow);
            longest = Math.Max(longest, p.Entry.AveAvgAtrWindow);
        }

        if (input.Lookback < longest)
        {
            notes.Add($"warm-up of {input.Lookback} bars is shorter than the longest indicator needs ({longest})");
        }
    }

    private static string Listed(List<string> items) =>
        items.Count <= 6 ? string.Join(", ", items) : string.Join(", ", items.Take(6)) + $" and {items.Count - 6} more";
}
