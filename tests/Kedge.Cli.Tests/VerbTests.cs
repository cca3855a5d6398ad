using System.Text.Json;
using Kedge.TestSupport;

namespace Kedge.Cli.Tests;

/// <summary>The other verbs, where they work.</summary>
public sealed class VerbTests(BadFolder market) : IClassFixture<BadFolder>
{
    private const string Good = " --config good.yaml --candles-db candles_1h.db";
    private const string GoldenCandles = "golden/data/hl12_1h.csv.xz";
    private const string GoldenIndicators = "golden/indicators/BTC_1h_default.csv.xz";

    private static string GoodOut(string folder, string line)
    {
        Outcome outcome = KedgeProgram.Run(folder, BadInput.Split(line));
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("", outcome.Error);
        return outcome.Out;
    }

    [Fact]
    public void ExplainTellsOneMoment()
    {
        string text = GoodOut(market.Path, "explain btc --at 1970-01-12" + Good);
        Assert.StartsWith("BTC at 1970-01-12 00:00 UTC\n", text, StringComparison.Ordinal);
        Assert.Contains("outcome:", text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(GoodOut(market.Path, "explain BTC --at 1970-01-12 --json" + Good));
        Assert.Contains("BTC", json.RootElement.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ExplainTellsASpanAsTable()
    {
        string[] lines = GoodOut(market.Path, "explain BTC --from 1970-01-12 --to 1970-01-12T05:00:00Z" + Good)
            .TrimEnd()
            .Split('\n');
        Assert.Equal("BTC: 6 decisions", lines[0]);
        Assert.Equal(8, lines.Length);
        Assert.StartsWith("1970-01-12 05:00", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void DumpedIndicatorsAreThoseOfTheEarlierSystem()
    {
        Assert.SkipWhen(
            ReferenceData.WhyAbsent(GoldenCandles, GoldenIndicators) is not null,
            ReferenceData.WhyAbsent(GoldenCandles, GoldenIndicators) ?? ""
        );
        using TempFolder folder = new();
        using (TextReader candles = ReferenceData.OpenXz(GoldenCandles))
        {
            IEnumerable<string> btc = candles
                .ReadToEnd()
                .Split('\n')
                .Where(l => l.StartsWith("symbol,", StringComparison.Ordinal) || l.StartsWith("BTC,", StringComparison.Ordinal));
            File.WriteAllText(folder.At("btc.csv"), string.Join('\n', btc) + "\n");
        }

        Assert.Equal(0, KedgeProgram.Run(folder.Path, BadInput.Split("data import btc.csv --interval 1h --db c.db")).Code);
        string[] actual = GoodOut(folder.Path, "dump-indicators --symbol BTC --candles-db c.db").TrimEnd().Split('\n');
        using TextReader golden = ReferenceData.OpenXz(GoldenIndicators);
        string[] expected = golden.ReadToEnd().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(expected[0], actual[0]);
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected[1..20], actual[1..20]);

        Outcome file = KedgeProgram.Run(
            folder.Path,
            BadInput.Split("dump-indicators --symbol BTC --candles-db c.db --output i.csv")
        );
        Assert.Equal((0, "", ""), (file.Code, file.Out, file.Error));
        Assert.Equal(string.Join('\n', actual) + "\n", folder.Text("i.csv"));
    }

    [Fact]
    public void ImportListAndCheckGoTogether()
    {
        using TempFolder folder = new();
        string[] rows =
        [
            .. Enumerable.Range(1, 300).Where(i => i is not (100 or 101)).Select(i => $"{i * 3_600_000L},1,2,1,1.5,10"),
        ];
        File.WriteAllText(
            folder.At("XYZ.csv"),
            "\uFEFFopen_time_ms,open,high,low,close,volume\r\n" + string.Join("\r\n", rows) + "\r\n"
        );
        Outcome import = KedgeProgram.Run(folder.Path, BadInput.Split("data import XYZ.csv --interval 1h"));
        Assert.Equal((0, ""), (import.Code, import.Out));
        Assert.Equal("298 rows from 1 of 1 file are in candles_dbs/candles_1h.db", Assert.Single(import.ErrorLines));
        Outcome quiet = KedgeProgram.Run(folder.Path, BadInput.Split("data import XYZ.csv --interval 1h --quiet"));
        Assert.Equal((0, "", ""), (quiet.Code, quiet.Out, quiet.Error));

        string[] list = GoodOut(folder.Path, "data list").TrimEnd().Split('\n');
        Assert.Equal(2, list.Length);
        Assert.Equal(["XYZ", "1h", "298", "1970-01-01", "01:00", "1970-01-13", "12:00"], BadInput.Split(list[1]));
        using JsonDocument json = JsonDocument.Parse(GoodOut(folder.Path, "data list --json"));
        Assert.Equal(298, json.RootElement[0].GetProperty("bars").GetInt64());

        Outcome check = KedgeProgram.Run(folder.Path, "data", "check");
        Assert.Equal((1, ""), (check.Code, check.Error));
        Assert.Contains("2 bars in 1 hole", check.Out, StringComparison.Ordinal);
        Outcome checkJson = KedgeProgram.Run(folder.Path, "data", "check", "--json");
        Assert.Equal((1, ""), (checkJson.Code, checkJson.Error));
        using JsonDocument findings = JsonDocument.Parse(checkJson.Out);
        Assert.False(findings.RootElement.GetProperty("good").GetBoolean());
        Assert.Contains("nothing wrong", GoodOut(market.Path, "data check candles_1h.db"), StringComparison.Ordinal);
    }

    [Fact]
    public void ShownConfigurationsLoadAgain()
    {
        using TempFolder folder = new TempFolder().Fill(market.Path);
        string id = GoodOut(folder.Path, "config id --config good.yaml");
        File.WriteAllText(folder.At("shown.yaml"), GoodOut(folder.Path, "config show --config good.yaml"));
        Assert.Equal(id, GoodOut(folder.Path, "config id --config shown.yaml"));
        Assert.Equal(64, id.Trim().Length);
        Assert.NotEqual(id, GoodOut(folder.Path, "config id --config good.yaml --set trade.sl_atr_mult=3"));
        Assert.Contains(id.Trim(), GoodOut(folder.Path, "config validate --config good.yaml"), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(GoodOut(folder.Path, "config show --json --config good.yaml"));
        Assert.Equal("1.5", json.RootElement.GetProperty("trade.sl_atr_mult").GetString());
        using JsonDocument schema = JsonDocument.Parse(GoodOut(folder.Path, "config schema"));
        Assert.Equal(JsonValueKind.Object, schema.RootElement.ValueKind);
    }

    [Fact]
    public void ConfigExplainNamesTheLayer()
    {
        string text = GoodOut(market.Path, "config explain trade.sl_atr_mult --config good.yaml");
        Assert.StartsWith("trade.sl_atr_mult = 1.5\n", text, StringComparison.Ordinal);
        Assert.Contains("good.yaml:3", text, StringComparison.Ordinal);
        string set = GoodOut(market.Path, "config explain trade.sl_atr_mult --config good.yaml --set trade.sl_atr_mult=4");
        Assert.StartsWith("trade.sl_atr_mult = 4\n", set, StringComparison.Ordinal);
        Assert.Contains("--set", set, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpAndVersionAreResults()
    {
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\n$", GoodOut(market.Path, "--version"));
        string help = GoodOut(market.Path, "--help");
        Assert.All(
            ["demo", "replay", "explain", "dump-indicators", "data", "config"],
            v => Assert.Contains($"\n  {v} ", help, StringComparison.Ordinal)
        );
        string replay = GoodOut(market.Path, "replay --help");
        Assert.All(["--candles-db", "--from", "--output", "--json"], o => Assert.Contains(o, replay, StringComparison.Ordinal));
        Assert.Equal(replay, GoodOut(market.Path, "help replay"));
    }

    [Fact]
    public void NothingAskedShowsTheHelpToThePerson()
    {
        Outcome outcome = KedgeProgram.Run(market.Path);
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("kedge demo", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("replay", outcome.Error, StringComparison.Ordinal);
    }
}
