using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary>Replays that work: what goes where, and that the same inputs give the same bytes.</summary>
public sealed class ReplayTests(BadFolder market) : IClassFixture<BadFolder>
{
    private const string Good = "replay --config good.yaml --candles-db candles_1h.db --funding-db funding_rates.db";

    [Fact]
    public void StandardOutputIsOnlyTheReport()
    {
        Outcome outcome = KedgeProgram.Run(market.Path, BadInput.Split(Good));
        Assert.True(outcome.Code == 0, outcome.ToString());
        using JsonDocument report = JsonDocument.Parse(outcome.Out);
        Assert.Equal(JsonValueKind.Object, report.RootElement.ValueKind);
        Assert.Contains("Replay 1h", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Error);

        Outcome json = KedgeProgram.Run(market.Path, BadInput.Split(Good + " --json"));
        Assert.Equal(outcome.Out, json.Out);
        Assert.Equal("", json.Error);
    }

    [Fact]
    public void AnOutputFileLeavesStandardOutputEmpty()
    {
        using TempFolder folder = new TempFolder().Fill(market.Path);
        Outcome outcome = KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --output r.json"));
        Assert.Equal((0, ""), (outcome.Code, outcome.Out));
        Assert.Contains("Equity", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --json")).Out, folder.Text("r.json"));

        Outcome quiet = KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --quiet --output q.json"));
        Assert.Equal((0, "", ""), (quiet.Code, quiet.Out, quiet.Error));
        Assert.Equal(folder.Text("r.json"), folder.Text("q.json"));
    }

    [Fact]
    public void TheCacheChangesNothing()
    {
        using TempFolder folder = new TempFolder().Fill(market.Path);
        string first = KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --json --trades --equity-curve --no-cache")).Out;
        Assert.False(File.Exists(folder.At("candles_1h.db.1h.kcache")));
        Assert.Equal(first, KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --json --trades --equity-curve")).Out);
        Assert.True(File.Exists(folder.At("candles_1h.db.1h.kcache")));
        Assert.Equal(first, KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --json --trades --equity-curve")).Out);
        Assert.True(first.Length > 1000);
    }

    [Fact]
    public void AnArchiveReplaysAsTheDatabaseItCameFrom()
    {
        using TempFolder folder = new TempFolder().Fill(market.Path);
        const string tail = " --json --trades --equity-curve --no-cache";
        string before = KedgeProgram.Run(folder.Path, BadInput.Split(Good + tail)).Out;
        Outcome archive = KedgeProgram.Run(
            folder.Path,
            BadInput.Split("data archive candles_1h.db --keep-days 0 --delete --vacuum --json --quiet")
        );
        Assert.True(archive.Code == 0, archive.ToString());
        using JsonDocument months = JsonDocument.Parse(archive.Out);
        Assert.NotEqual(0, months.RootElement.GetArrayLength());
        string after = KedgeProgram
            .Run(folder.Path, BadInput.Split(Good.Replace("candles_1h.db", "partitions/1h", StringComparison.Ordinal) + tail))
            .Out;
        // The report names the command that makes it again; all else is the same.
        Assert.Equal(before, after.Replace("partitions/1h", "candles_1h.db", StringComparison.Ordinal));
        Assert.Contains("\"data_hash\"", before, StringComparison.Ordinal);
    }

    [Fact]
    public void CopiesInOtherFoldersGiveTheSameBytes()
    {
        string line = Good + " --quiet --output r.json --html r.html --export-trades t.csv --export-fills f.csv";
        using TempFolder one = new TempFolder().Fill(market.Path);
        using TempFolder two = new TempFolder().Fill(market.Path);
        Assert.Equal(0, KedgeProgram.Run(one.Path, BadInput.Split(line)).Code);
        Assert.Equal(0, KedgeProgram.Run(two.Path, BadInput.Split(line)).Code);
        foreach (string file in new[] { "r.json", "r.html", "t.csv", "f.csv" })
        {
            Assert.Equal(File.ReadAllBytes(one.At(file)), File.ReadAllBytes(two.At(file)));
            Assert.DoesNotContain(one.Path, one.Text(file), StringComparison.Ordinal);
        }

        Assert.True(one.Text("t.csv").Split('\n').Length > 3, "the sample must trade");
    }

    [Fact]
    public void AbsolutePathsChangeOnlyTheCommand()
    {
        string relative = KedgeProgram.Run(market.Path, BadInput.Split(Good + " --json")).Out;
        string absolute = KedgeProgram
            .Run(
                Path.GetTempPath(),
                BadInput.Split(
                    $"replay --config {market.Path}/good.yaml --candles-db {market.Path}/candles_1h.db --funding-db {market.Path}/funding_rates.db --json"
                )
            )
            .Out;
        Assert.Equal(WithoutCommand(relative), WithoutCommand(absolute));
        Assert.DoesNotContain(market.Path, absolute, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("global:\r\n  trade:\r\n    sl_atr_mult: 1.5\r\n")]
    [InlineData("\uFEFFglobal:\n  trade:\n    sl_atr_mult: 1.5\n")]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    public void OddButGoodConfigurationsLoad(string yaml)
    {
        using TempFolder folder = new();
        File.WriteAllText(folder.At("c.yaml"), yaml);
        Outcome outcome = KedgeProgram.Run(folder.Path, "config", "validate", "--config", "c.yaml");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.StartsWith("c.yaml: valid, 0 warnings", outcome.Out, StringComparison.Ordinal);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void RowsInAnyOrderGiveTheSameResult()
    {
        using TempFolder folder = new();
        SampleData.Database(folder.At("a.db"), SampleData.Keyed, SampleData.Rows("BTC", 12345));
        SampleData.Database(folder.At("b.db"), SampleData.Keyless, SampleData.Rows("BTC", 12345).Reverse());
        string a = KedgeProgram.Run(folder.Path, "replay", "--candles-db", "a.db", "--json").Out;
        string b = KedgeProgram.Run(folder.Path, "replay", "--candles-db", "b.db", "--json").Out;
        Assert.NotEqual("", a);
        Assert.Equal(WithoutCommand(a), WithoutCommand(b));
    }

    [Fact]
    public void CompareTellsEqualFromDifferent()
    {
        using TempFolder folder = new TempFolder().Fill(market.Path);
        Assert.Equal(0, KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --quiet --output a.json")).Code);
        Assert.Equal(
            0,
            KedgeProgram.Run(folder.Path, BadInput.Split(Good + " --quiet --output b.json --initial-balance 500")).Code
        );
        Outcome same = KedgeProgram.Run(folder.Path, "compare", "a.json", "a.json");
        Assert.Equal((0, ""), (same.Code, same.Error));
        Outcome different = KedgeProgram.Run(folder.Path, "compare", "a.json", "b.json", "--json");
        Assert.Equal((1, ""), (different.Code, different.Error));
        using JsonDocument json = JsonDocument.Parse(different.Out);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public void TheDemoRepeatsItselfByteForByte()
    {
        using TempFolder folder = new();
        Outcome outcome = KedgeProgram.Run(folder.Path, "demo");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("", outcome.Out);
        Assert.Contains("Replay 1h", outcome.Error, StringComparison.Ordinal);
        string[] files = ["kedge-demo/report.json", "kedge-demo/report.html", "kedge-demo/trades.csv"];
        byte[][] first = [.. files.Select(f => File.ReadAllBytes(folder.At(f)))];
        Assert.All(first, f => Assert.True(f.Length > 1000));
        Outcome again = KedgeProgram.Run(folder.Path, "demo", "--quiet");
        Assert.Equal((0, "", ""), (again.Code, again.Out, again.Error));
        Assert.All(files.Index(), f => Assert.Equal(first[f.Index], File.ReadAllBytes(folder.At(f.Item))));

        // What it tells to run next works.
        string explain = outcome.ErrorLines.Single(l => l.StartsWith("Explain", StringComparison.Ordinal));
        Outcome next = KedgeProgram.Run(
            folder.Path,
            BadInput.Split(explain[(explain.IndexOf("kedge ", StringComparison.Ordinal) + 6)..])
        );
        Assert.True(next.Code == 0, next.ToString());
        Assert.Contains("outcome: Open", next.Out, StringComparison.Ordinal);
    }

    private static string WithoutCommand(string report)
    {
        string[] lines = report.Split('\n');
        string[] kept = [.. lines.Where(l => !l.Contains("\"command\"", StringComparison.Ordinal))];
        Assert.Equal(lines.Length - 1, kept.Length);
        return string.Join('\n', kept);
    }
}
