using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kedge.Configuration;
using Kedge.Golden.Engine;
using Kedge.Golden.Report;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Search.Space;

namespace Kedge.Golden.Command;

/// <summary>
/// The sweep of the earlier system: the product's grid of configurations, each run by the golden loop, one configuration for every symbol, lines sorted by
/// profit with ties in grid order.
/// </summary>
public static class SweepCommand
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs the grid, or the part of it that a filter keeps, and returns its lines in the order of the file.</summary>
    /// <param name="options">The flags.</param>
    /// <param name="source">Where series come from.</param>
    /// <param name="keep">Which configurations to run; null for all.</param>
    public static IReadOnlyList<SweepLine> Run(SweepOptions options, IGoldenSource source, Predicate<long>? keep = null)
    {
        SweepSpec spec = SweepSpecReader.Load(options.Spec, out _);
        GoldenInput input = ReplayCommand.Input(options.Replay, source) with { Lookback = spec.Lookback ?? 200 };
        Parameters based = input.Parameters;
        SweepGrid grid = SweepGrid.Of(
            spec,
            path => KeyTable.TryGet(path, out KeyDefinition? key) && key.IsParameter ? key.Read(based).Number : null
        );
        List<JsonObject>? verified = options.Verify ? Verify(grid, based, options.Strict) : null;
        List<SweepTrial> trials = [];
        GridCursor cursor = grid.Start();
        while (cursor.Next() is { } trial)
        {
            if (keep is null || keep(trial.Index))
            {
                trials.Add(trial);
            }
        }

        SweepLine[] lines = new SweepLine[trials.Count];
        Parallel.For(
            0,
            lines.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            i => lines[i] = RunOne(trials[i], grid, input, options.Candidate, verified)
        );
        return [.. lines.OrderByDescending(l => l.TotalPnl)];
    }

    /// <summary>Writes the file, and the best lines for a person.</summary>
    public static void Write(SweepOptions options, IReadOnlyList<SweepLine> lines, TextWriter person)
    {
        File.WriteAllLines(options.Output, lines.Select(l => l.Json));
        foreach (SweepLine line in lines.Take(options.TopN))
        {
            person.WriteLine($"{line.ConfigId}  {line.TotalPnl:F2}");
        }
    }

    private static SweepLine RunOne(
        SweepTrial trial,
        SweepGrid grid,
        GoldenInput input,
        bool candidate,
        List<JsonObject>? verified
    )
    {
        Parameters p = input.Parameters;
        JsonObject overrides = [];
        SortedDictionary<string, double> sorted = new(StringComparer.Ordinal);
        for (int a = 0; a < grid.Axes.Count; a++)
        {
            grid.Axes[a].Key.ApplyEncoded(ref p, trial.Values[a]);
            sorted[grid.Axes[a].Path] = trial.Values[a];
        }

        foreach ((string path, double value) in sorted)
        {
            overrides[path] = value;
        }

        ReplayReport report = ReportBuilder.Build(GoldenEngine.Run(input with { Parameters = p }));
        JsonObject whole = JsonNode.Parse(ReportJson.Text(report))!.AsObject();
        whole["config_id"] = trial.Id;
        whole["overrides"] = overrides;
        whole["output_mode"] = candidate ? "candidate" : "full";
        whole.Remove("per_symbol");
        whole.Remove("slippage_bps");
        if (candidate)
        {
            string[] kept =
            [
                "config_id",
                "max_drawdown_pct",
                "output_mode",
                "overrides",
                "profit_factor",
                "total_pnl",
                "total_trades",
            ];
            foreach (string name in whole.Select(f => f.Key).Where(k => !kept.Contains(k, StringComparer.Ordinal)).ToList())
            {
                whole.Remove(name);
            }

            whole["candidate_mode"] = true;
            whole["schema_version"] = 1;
        }
        else if (verified is not null)
        {
            whole["override_verification"] = new JsonArray([.. verified.Select(v => v.DeepClone())]);
        }

        JsonObject ordered = [];
        foreach ((string name, JsonNode? value) in whole.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            ordered[name] = value?.DeepClone();
        }

        return new SweepLine(trial.Id, report.TotalPnl, ordered.ToJsonString(OneLine));
    }

    private static List<JsonObject> Verify(SweepGrid grid, Parameters based, bool strict)
    {
        List<JsonObject> checks = [];
        foreach (SweepAxis axis in grid.Axes)
        {
            Parameters p = based;
            double before = axis.Key.Read(p).Number;
            axis.Key.ApplyEncoded(ref p, axis.Values[0]);
            double after = axis.Key.Read(p).Number;
            bool failed = Math.Abs(after - before) <= 1e-12 && Math.Abs(axis.Values[0] - before) > 1e-12;
            if (failed && strict)
            {
                throw KedgeException.Usage($"the override of {axis.Path} changes nothing");
            }

            checks.Add(
                new JsonObject
                {
                    ["after"] = after,
                    ["before"] = before,
                    ["path"] = axis.Path,
                    ["requested"] = axis.Values[0],
                    ["status"] = failed ? "FailedUnchanged" : "Applied",
                }
            );
        }

        return checks;
    }
}
