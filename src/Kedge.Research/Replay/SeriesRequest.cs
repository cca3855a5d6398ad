using Kedge.Configuration;
using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>One series to open: where and at which interval.</summary>
/// <param name="Paths">Files and folders, comma separated.</param>
/// <param name="Interval">Interval to read.</param>
internal readonly record struct SeriesRequest(string Paths, Interval Interval)
{
    /// <summary>The main series: command line, else configuration, else 1h; its default place follows the interval.</summary>
    public static SeriesRequest Main(ReplayRequest request, StrategyConfiguration configuration)
    {
        Interval interval = Parse("--interval", request.Interval) ?? configuration.Settings.MainInterval;
        return new SeriesRequest(request.CandlesDb ?? StorePaths.DefaultCandles(interval), interval);
    }

    /// <summary>A finer series exists as soon as its database or its interval is known; null otherwise.</summary>
    public static SeriesRequest? Finer(string name, string? paths, string? asked, Interval? configured, Interval main)
    {
        Interval? interval = Parse($"--{name}-interval", asked) ?? configured;
        if (paths is null && interval is null)
        {
            return null;
        }

        Interval finer = interval ?? main;
        if (finer.Ms > main.Ms)
        {
            throw KedgeException.Usage($"the {name} interval {finer} is coarser than the main interval {main}");
        }

        // The main interval without a database of its own is what happens anyway.
        return finer == main && paths is null ? null : new SeriesRequest(paths ?? StorePaths.DefaultCandles(finer), finer);
    }

    private static Interval? Parse(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Interval.TryParse(text, out Interval interval)
            ? interval
            : throw KedgeException.Usage($"{option}: unknown interval '{text}'; one of {string.Join(' ', Interval.Names)}");
    }
}
