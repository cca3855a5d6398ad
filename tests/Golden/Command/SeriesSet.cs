using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>The series of a run as the flags and the configuration name them (backtester.md §3).</summary>
/// <param name="Main">Main bars, always whole, so that indicators are warm where the window starts.</param>
/// <param name="Exit">Exit bars, or null.</param>
/// <param name="Entry">Entry bars, or null.</param>
/// <param name="Scoped">The sets the trade window is intersected from.</param>
internal sealed record SeriesSet(
    SortedDictionary<string, Bar[]> Main,
    SortedDictionary<string, Bar[]>? Exit,
    SortedDictionary<string, Bar[]>? Entry,
    IReadOnlyList<SortedDictionary<string, Bar[]>> Scoped
)
{
    /// <summary>Loads them. Flags win over the configuration's intervals; a series exists once its database or interval is known.</summary>
    public static SeriesSet Load(
        IGoldenSource source,
        ReplayOptions options,
        Interval configuredMain,
        Interval? configuredExit,
        Interval? configuredEntry
    )
    {
        Interval main = Named(options.Interval) ?? configuredMain;
        Interval? exit = Named(options.ExitInterval) ?? configuredExit;
        Interval? entry = Named(options.EntryInterval) ?? configuredEntry;
        SortedDictionary<string, Bar[]> mainBars = source.Candles(options.CandlesDb ?? DefaultPath(main), main);
        SortedDictionary<string, Bar[]>? exitBars = Finer(source, options.ExitCandlesDb, exit, main);
        SortedDictionary<string, Bar[]>? entryBars = Finer(source, options.EntryCandlesDb, entry, main);

        List<SortedDictionary<string, Bar[]>> scoped = [];
        if (exit is not null)
        {
            scoped.Add(exitBars!);
        }

        if (entry is not null)
        {
            scoped.Add(entryBars!);
        }

        return new SeriesSet(mainBars, exitBars, entryBars, scoped.Count > 0 ? scoped : [mainBars]);
    }

    private static SortedDictionary<string, Bar[]>? Finer(
        IGoldenSource source,
        string? paths,
        Interval? interval,
        Interval main
    ) => paths is null && interval is null ? null : source.Candles(paths ?? DefaultPath(interval!.Value), interval ?? main);

    private static Interval? Named(string? name) => string.IsNullOrEmpty(name) ? null : Interval.Parse(name);

    private static string DefaultPath(Interval interval) => $"candles_dbs/candles_{interval.Name}.db";
}
