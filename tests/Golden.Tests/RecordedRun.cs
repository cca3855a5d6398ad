using System.Text.Json;
using Kedge.Golden.Command;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>One run of <c>golden/replay/summary.json</c>.</summary>
/// <param name="Name">Name of the run.</param>
/// <param name="Config">Name of its configuration.</param>
/// <param name="Arguments">Further command-line arguments.</param>
/// <param name="Report">The report it gave.</param>
internal sealed record RecordedRun(string Name, string Config, IReadOnlyList<string> Arguments, JsonElement Report)
{
    /// <summary>The list of runs below the reference data.</summary>
    public const string Summary = "golden/replay/summary.json";

    /// <summary>Trade export of the run below the reference data.</summary>
    public string Export => $"golden/replay/{Name}.trades.csv.xz";

    /// <summary>Reads all runs.</summary>
    public static IReadOnlyList<RecordedRun> ReadAll()
    {
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(ReferenceData.Require(Summary)));
        return
        [
            .. summary
                .RootElement.EnumerateArray()
                .Select(run => new RecordedRun(
                    run.GetProperty("run").GetString()!,
                    run.GetProperty("config").GetString()!,
                    [.. run.GetProperty("args").EnumerateArray().Select(a => a.GetString()!)],
                    run.GetProperty("report").Clone()
                )),
        ];
    }

    /// <summary>The command line with files of the reference data; databases keep their symbolic names.</summary>
    public IReadOnlyList<string> CommandLine(Func<string, string> databasePath) =>
        [
            "--config",
            ReferenceData.Require($"golden/configs/{Config}.yaml"),
            .. Arguments.Select(a =>
                a.StartsWith("DB/", StringComparison.Ordinal) ? databasePath(a[3..])
                : a.StartsWith("configs/", StringComparison.Ordinal) ? ReferenceData.Require($"golden/{a}")
                : a
            ),
        ];

    /// <summary>Its flags, for a source that knows the symbolic names.</summary>
    public ReplayOptions Options => ReplayOptions.Parse(CommandLine(name => name));
}
