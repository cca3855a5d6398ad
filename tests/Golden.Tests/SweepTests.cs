using System.Text.Json;
using Kedge.Golden.Command;
using Kedge.Research.Search.Space;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>The grids of the recorded sweeps, and under the golden driver their results. The driver run on whole grids by hand agrees as well.</summary>
public sealed class SweepTests
{
    public static TheoryData<string, string, int> Sweeps =>
        new()
        {
            { "smoke@fix3_1h@example", "--candles-db DB/fix3_1h.db", 1 },
            { "smoke_candidate@fix3_1h@busy", "--candles-db DB/fix3_1h.db --output-mode candidate", 4 },
            { "mixed1152@fix3_1h@busy", "--candles-db DB/fix3_1h.db", 9 },
            { "smoke@hl12_1h@busy", "--candles-db DB/hl12_1h.db", 41 },
            {
                "timing32@hl12_1h+5m@sub_5m",
                "--candles-db DB/hl12_1h.db --exit-candles-db DB/hl6_5m.db --exit-interval 5m --entry-candles-db DB/hl6_5m.db --entry-interval 5m",
                11
            },
        };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void The_grid_holds_the_same_configurations_in_the_same_order(string name, string flags, int every)
    {
        _ = every;
        Dictionary<string, JsonElement> golden = ReadLines(name);
        SweepOptions options = Options(name, flags);
        SweepSpec spec = SweepSpecReader.Load(options.Spec, out _);
        SweepGrid grid = SweepGrid.Of(spec, _ => null);
        Assert.Equal(golden.Count, (int)grid.Count);
        GridCursor cursor = grid.Start();
        for (int count = 0; cursor.Next() is { } trial; count++)
        {
            Assert.Equal(count, trial.Index);
            JsonElement overrides = golden[trial.Id].GetProperty("overrides");
            Assert.Equal(grid.Axes.Count, overrides.EnumerateObject().Count());
            for (int a = 0; a < grid.Axes.Count; a++)
            {
                Assert.Equal(overrides.GetProperty(grid.Axes[a].Path).GetDouble(), trial.Values[a]);
            }
        }

        Assert.Null(cursor.Next());
    }

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Every_field_of_the_lines_agrees(string name, string flags, int every)
    {
        Dictionary<string, JsonElement> golden = ReadLines(name);
        IReadOnlyList<SweepLine> lines = SweepCommand.Run(Options(name, flags), new GoldenSeriesSource(), i => i % every == 0);
        Differences d = new();
        foreach (SweepLine line in lines)
        {
            using JsonDocument ours = JsonDocument.Parse(line.Json);
            ReportComparison.Compare(line.ConfigId, golden[line.ConfigId], ours.RootElement, d);
        }

        Assert.True(lines.Count > 1);
        Assert.True(d.Count == 0, d.ToString());
        string[] order = [.. golden.Keys.Where(k => lines.Any(l => l.ConfigId == k))];
        Assert.Equal(order, lines.Select(l => l.ConfigId));
    }

    private static SweepOptions Options(string name, string flags)
    {
        string[] parts = name.Replace("smoke_candidate", "smoke", StringComparison.Ordinal).Split('@');
        string config = ReferenceData.Require($"golden/configs/{parts[2]}.yaml");
        string spec = ReferenceData.Require($"golden/sweep/{parts[0]}.yaml");
        return SweepOptions.Parse(["--config", config, "--sweep-spec", spec, "--interval", "1h", .. flags.Split(' ')]);
    }

    /// <summary>Lines by config id, in the order of the file.</summary>
    private static Dictionary<string, JsonElement> ReadLines(string name)
    {
        string path = $"golden/sweep/{name}.jsonl.xz";
        string? absent = ReferenceData.WhyAbsent(path, "golden/data/fix3_1h.csv.xz", "golden/data/hl12_1h.csv.xz");
        Assert.SkipWhen(absent is not null, absent ?? "");
        using TextReader reader = ReferenceData.OpenXz(path);
        Dictionary<string, JsonElement> lines = new(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            JsonElement row = JsonDocument.Parse(line).RootElement;
            lines[row.GetProperty("config_id").GetString()!] = row;
        }

        return lines;
    }
}
