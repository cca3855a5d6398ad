using System.Globalization;
using System.Text;
using Kedge.Configuration;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>Searches over every key that a decision reads, and their rows as they are written.</summary>
internal static class AllAxes
{
    /// <summary>Every key that a decision reads, with the values of its documented axis or a few of its own.</summary>
    public static string Spec()
    {
        StringBuilder spec = new("axes:\n");
        foreach (KeyDefinition key in KeyTable.Keys.Where(k => k.IsParameter && k.Path != "trade.vol_scalar_min"))
        {
            string values =
                key.Axis.Count > 0
                    ? string.Join(
                        ", ",
                        key.Axis.Where(v => key.Accepts(v)).Select(v => v.ToString("R", CultureInfo.InvariantCulture))
                    )
                    : key.Type switch
                    {
                        KeyType.Bool => "0, 1",
                        KeyType.Tier or KeyType.Enum => string.Join(", ", Enumerable.Range(0, key.Words.Count)),
                        _ => key.Default.Number.ToString("R", CultureInfo.InvariantCulture),
                    };
            spec.Append(CultureInfo.InvariantCulture, $"  - path: {key.Path}\n    values: [{values}]\n");
        }

        return spec.ToString();
    }

    /// <summary>Trials that take the value of the base where it trades, and any value of the axis elsewhere: a third of all axes at a time, down to a few.</summary>
    public static List<SweepTrial> Draw(SearchCase made, int count, ulong seed)
    {
        TestRandom random = new(seed * 7919);
        List<SweepTrial> trials = [];
        for (int i = 0; i < count; i++)
        {
            double rate = random.Pick(0.02, 0.1, 0.35);
            double[] values =
            [
                .. made.Job.Space.Grid.Axes.Select(axis =>
                    random.Chance(rate)
                        ? axis.Values[random.Whole(0, axis.Values.Count - 1)]
                        : axis.Key.Read(made.Job.Space.Portfolio).Number
                ),
            ];
            trials.Add(new SweepTrial(i, values));
        }

        return trials;
    }

    public static string[] Lines(SearchCase made, ISweepExecutor executor, IReadOnlyList<SweepTrial> trials) =>
        Lines(made, SearchCase.Rows(executor, trials));

    public static string[] Lines(SearchCase made, SweepRow[] rows)
    {
        using RowJson json = new(made.Job.Space.Grid, candidate: false, null);
        return [.. rows.Select(r => Encoding.UTF8.GetString(json.Line(r).Span))];
    }
}
