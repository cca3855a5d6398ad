using System.Globalization;
using Kedge.Research.Search.Plans;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Sweep;

/// <summary>The line that says how far a search is: done, rate, best so far, time left. Shown on a terminal only.</summary>
internal sealed class SweepLine
{
    private readonly long _before;
    private readonly double _started = SweepSession.Clock();
    private readonly SweepObjective _objective;
    private readonly bool _visible;

    /// <summary>A line that was not shown yet.</summary>
    /// <param name="before">Rows that were there when the run began.</param>
    /// <param name="objective">What rows are ranked by.</param>
    /// <param name="silent">Never show it.</param>
    public SweepLine(long before, SweepObjective objective, bool silent)
    {
        _before = before;
        _objective = objective;
        _visible = !silent && !Console.IsErrorRedirected;
    }

    /// <summary>Shows how far it is.</summary>
    public void Show(SweepProgress progress)
    {
        if (_visible)
        {
            Terminal.Status(Text(progress, _before, SweepSession.Clock() - _started, _objective));
        }
    }

    /// <summary>The line itself.</summary>
    public static string Text(SweepProgress progress, long before, double seconds, SweepObjective objective)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        double rate = seconds > 0.0 ? (progress.Done - before) / seconds : 0.0;
        double percent = progress.Total > 0 ? 100.0 * progress.Done / progress.Total : 100.0;
        string best =
            progress.Best is { } row && !double.IsNaN(row.Score)
                ? string.Create(culture, $", best {objective.Name()} {row.Score:F2} (sweep_{row.Index:D4})")
                : "";
        string left = rate > 0.0 ? ", " + SweepPlanText.Duration((progress.Total - progress.Done) / rate) + " left" : "";
        return string.Create(culture, $"sweep {progress.Done}/{progress.Total} {percent:F0} %, {rate:F1}/s{best}{left}");
    }
}
