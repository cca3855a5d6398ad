namespace Kedge.Cli.Tests;

/// <summary>Configurations and CSV files that are missing or bad.</summary>
public sealed class BadFileTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private static readonly (string File, int Code, string Words)[] Configurations =
    [
        ("missing.yaml", 4, "missing.yaml|there is no such file|check the path"),
        ("folder", 4, "folder|it is a folder|name of a file"),
        ("list.yaml", 2, "list.yaml:1|must be a map"),
        ("scalar.yaml", 2, "scalar.yaml:1|must be a map"),
        ("tab.yaml", 2, "tab.yaml:2|not valid YAML"),
        ("broken.yaml", 2, "broken.yaml:2|not valid YAML"),
        ("unknown.yaml", 2, "unknown.yaml:3|trade.sl_atr_mul is not a key|did you mean"),
        ("type.yaml", 2, "type.yaml:3|trade.sl_atr_mult|wide"),
        ("range.yaml", 2, "range.yaml:3|trade.sl_atr_mult|-2"),
        ("nan.yaml", 2, "nan.yaml:3|trade.sl_atr_mult"),
        ("twice.yaml", 2, "twice.yaml:4|sl_atr_mult"),
        ("two.yaml", 2, "two.yaml:2|second document"),
        ("binary.yaml", 2, "binary.yaml:3|trade.sl_atr_mult"),
        ("notamap.yaml", 2, "notamap.yaml:2|trade must be a map"),
    ];

    private static readonly string[] Verbs =
    [
        "config validate",
        "config show",
        "config explain trade.sl_atr_mult",
        "config id",
        "replay --candles-db candles_1h.db --output new.json",
    ];

    public static TheoryData<string, int, string> ConfigurationCases()
    {
        TheoryData<string, int, string> cases = [];
        foreach ((string file, int code, string words) in Configurations)
        {
            // Every verb for the kinds of failure, one for the rest: they share one loader.
            string[] verbs = file is "missing.yaml" or "unknown.yaml" or "list.yaml" ? Verbs : [Verbs[0], Verbs[4]];
            foreach (string verb in verbs)
            {
                cases.Add($"{verb} --config {file}", code, words);
            }
        }

        cases.Add(
            "explain BTC --at 1970-01-10 --candles-db candles_1h.db --config unknown.yaml",
            2,
            "unknown.yaml:3|is not a key"
        );
        cases.Add("dump-indicators --symbol BTC --candles-db candles_1h.db --config type.yaml", 2, "type.yaml:3|wide");
        cases.Add("config validate", 4, "config/strategy_overrides.yaml|there is no such file");
        return cases;
    }

    [Theory]
    [MemberData(nameof(ConfigurationCases))]
    public void BadConfigurationsAreRefused(string line, int code, string words) =>
        BadInput.Check(bad.Path, code, words, BadInput.Split(line));

    [Theory]
    [InlineData("missing.csv", 4, "missing.csv|no such file|check the path")]
    [InlineData("folder", 4, "folder|*.csv")]
    [InlineData("empty.csv", 1, "empty.csv:1|is empty|expected")]
    [InlineData("header.csv", 1, "header.csv:2|no rows")]
    [InlineData("badheader.csv", 1, "badheader.csv:1|'time,price'|expected one of")]
    [InlineData("nan.csv", 1, "nan.csv:2|'NaN' is not a finite number")]
    [InlineData("infinite.csv", 1, "infinite.csv:2|not a finite number")]
    [InlineData("negative.csv", 1, "negative.csv:2|low is -1")]
    [InlineData("highlow.csv", 1, "highlow.csv:2|high 1 is below low 2")]
    [InlineData("unsorted.csv", 1, "unsorted.csv:3|comes after")]
    [InlineData("double.csv", 1, "double.csv:3|twice")]
    [InlineData("fields.csv", 1, "fields.csv:2|4 fields, expected 6")]
    [InlineData("time.csv", 1, "time.csv:2|'yesterday'")]
    [InlineData("notgzip.csv.gz", 1, "notgzip.csv.gz|damaged or cut short|fetch the file again")]
    [InlineData("half.csv.gz", 1, "half.csv.gz:|damaged or cut short")]
    [InlineData("short.csv.gz", 1, "short.csv.gz:|damaged or cut short")]
    [InlineData("nothing.csv.gz", 1, "nothing.csv.gz|damaged or cut short")]
    [InlineData("text.db", 1, "text.db:1|is not known|expected one of")]
    [InlineData("--kind=funding unsorted.csv", 1, "unsorted.csv:1|candles, asked for the other")]
    public void BadTablesAreRefused(string file, int code, string words)
    {
        string next = code == 1 ? "|correct it and import it again" : "";
        BadInput.Check(bad.Path, code, words + next, ["data", "import", "--interval", "1h", .. BadInput.Split(file)]);
        BadInput.Check(
            bad.Path,
            code,
            words,
            ["data", "import", "--interval", "1h", "--db", "new/x.db", .. BadInput.Split(file)]
        );
    }

    [Theory]
    [InlineData("--db folder")]
    [InlineData("--db text.db")]
    public void BadTargetsOfAnImportAreRefused(string target)
    {
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        File.WriteAllText(folder.At("ok.csv"), "open_time_ms,open,high,low,close,volume\n3600000,1,1,1,1,1\n");
        IReadOnlyList<string> before = folder.Snapshot();
        Outcome outcome = KedgeProgram.Run(
            folder.Path,
            ["data", "import", "ok.csv", "--interval", "1h", .. BadInput.Split(target)]
        );
        Assert.True(outcome.Code == 4, outcome.ToString());
        Assert.Contains(target[5..], Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void AnImportWithoutAnIntervalSaysHowToNameOne() =>
        BadInput.Check(bad.Path, 2, "unsorted.csv|--interval|1m 3m", "data", "import", "unsorted.csv");

    [Fact]
    public void SeveralProblemsAreSeveralLines()
    {
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        File.WriteAllText(folder.At("many.yaml"), "global:\n  trade:\n    a: 1\n    b: 2\n");
        Outcome outcome = KedgeProgram.Run(folder.Path, "config", "validate", "--config", "many.yaml");
        Assert.Equal(2, outcome.Code);
        Assert.Equal(2, outcome.ErrorLines.Length);
        Assert.All(outcome.ErrorLines, l => Assert.StartsWith("kedge: many.yaml:", l, StringComparison.Ordinal));
    }
}
