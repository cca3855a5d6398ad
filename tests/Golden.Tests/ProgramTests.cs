using System.Diagnostics;
using System.Text.Json;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>The golden driver as a program, from SQLite databases to its files: finer bars, funding and an initial state.</summary>
public sealed class ProgramTests(GoldenDatabases databases) : IClassFixture<GoldenDatabases>
{
    [Theory]
    [InlineData("sub_5m@hl12_1h+5m", "hl12_1h", "hl6_5m")]
    [InlineData("funding@hl12_1h", "hl12_1h", "hl12_funding")]
    [InlineData("init_state@hl12_1h", "hl12_1h")]
    public void Report_and_export_files_agree_with_the_recorded_run(string name, params string[] series)
    {
        string? absent = ReferenceData.WhyAbsent([RecordedRun.Summary, .. series.Select(GoldenSeries.PathOf)]);
        Assert.SkipWhen(absent is not null, absent ?? "");
        RecordedRun golden = RecordedRun.ReadAll().Single(r => r.Name == name);
        string report = databases.PathOf($"{name}.json");
        string export = databases.PathOf($"{name}.csv");

        Run([.. golden.CommandLine(databases.Database), "--output", report, "--export-trades", export]);

        Differences d = new();
        using JsonDocument ours = JsonDocument.Parse(File.ReadAllText(report));
        ReportComparison.Compare("report", golden.Report, ours.RootElement, d);
        using TextReader goldenExport = ReferenceData.OpenXz(golden.Export);
        d.Same("export", goldenExport.ReadToEnd(), File.ReadAllText(export));
        Assert.True(d.Count == 0, d.ToString());
    }

    [Theory]
    [InlineData(2, "sweep")]
    [InlineData(2, "sweep", "--sweep-spec", "x.yaml", "--gpu")]
    [InlineData(2, "nothing")]
    [InlineData(2, "replay", "--no-such-flag")]
    [InlineData(1, "replay", "--config", "no-such-file.yaml")]
    public void Errors_end_with_their_exit_code(int exitCode, params string[] arguments) =>
        Assert.Equal(exitCode, Execute(arguments).ExitCode);

    private static void Run(IReadOnlyList<string> flags)
    {
        (int exitCode, string errors) = Execute(["replay", .. flags]);
        Assert.True(exitCode == 0, errors);
    }

    private static (int ExitCode, string Errors) Execute(string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Golden.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        output.Wait();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
