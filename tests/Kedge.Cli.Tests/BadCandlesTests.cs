namespace Kedge.Cli.Tests;

/// <summary>Candle databases that are missing or bad, for every verb that reads them.</summary>
public sealed class BadCandlesTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private static readonly (string File, int Code, string Words)[] Files =
    [
        ("missing.db", 4, "missing.db|no such|check the path"),
        ("folder", 4, "folder|candles_*.db|name the candle database"),
        ("text.db", 4, "text.db|not an SQLite database|check the path"),
        ("zero.db", 4, "zero.db|candles|name a database"),
        ("other.db", 4, "other.db|no table 'candles'|prices|name a database"),
        ("nocolumn.db", 4, "nocolumn.db|no column 'v'|expected"),
        ("empty.db", 4, "empty.db|no candles|data import"),
        ("damaged.db", 4, "damaged.db|damaged|restore"),
        ("double.db", 1, "double.db|BTC 1h|1970-01-01 10:00|twice|kedge data check"),
        ("null.db", 1, "null.db|BTC 1h|1970-01-01 10:00|close is 0 or missing|kedge data check"),
        ("infinite.db", 1, "infinite.db|BTC 1h|1970-01-01 10:00|high|kedge data check"),
        ("negative.db", 1, "negative.db|BTC 1h|1970-01-01 10:00|low is -1|kedge data check"),
        ("highlow.db", 1, "highlow.db|BTC 1h|1970-01-01 10:00|below low|kedge data check"),
        ("before1970.db", 1, "before1970.db|BTC 1h|-5|not epoch milliseconds|kedge data check"),
    ];

    public static TheoryData<string, string, int, string> Replays()
    {
        TheoryData<string, string, int, string> cases = [];
        foreach ((string file, int code, string words) in Files)
        {
            cases.Add("replay --config good.yaml --output new.json --html new.html --candles-db " + file, file, code, words);
            cases.Add("explain BTC --config good.yaml --at 1970-01-10 --candles-db " + file, file, code, words);
            cases.Add("dump-indicators --config good.yaml --symbol BTC --output new.csv --candles-db " + file, file, code, words);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Replays))]
    public void ReplayingVerbsRefuseThem(string line, string file, int code, string words)
    {
        Assert.NotEmpty(file);
        BadInput.Check(bad.Path, code, words, BadInput.Split(line));
    }

    [Theory]
    [InlineData("list", "missing.db", "missing.db|no such|check the path")]
    [InlineData("list", "folder", "folder|candles_*.db")]
    [InlineData("list", "text.db", "text.db|not an SQLite database")]
    [InlineData("list", "other.db", "other.db|no table 'candles'")]
    [InlineData("list", "damaged.db", "damaged.db|damaged")]
    [InlineData("list", ",", "no candle database is named")]
    [InlineData("check", "missing.db", "missing.db|no such|check the path")]
    [InlineData("check", "folder", "folder|candles_*.db")]
    [InlineData("check", "text.db", "text.db|not an SQLite database")]
    [InlineData("check", "other.db", "other.db|no table 'candles'")]
    [InlineData("check", "nocolumn.db", "nocolumn.db|no column 'v'")]
    [InlineData("check", "empty.db", "empty.db|no candles")]
    [InlineData("check", "damaged.db", "damaged.db|damaged")]
    public void DataVerbsRefuseThem(string verb, string file, string words) =>
        BadInput.Check(bad.Path, file == "," ? 2 : 4, words, "data", verb, file);

    [Theory]
    [InlineData("double.db", "twice")]
    [InlineData("null.db", "close is 0 or missing")]
    [InlineData("infinite.db", "high is")]
    [InlineData("negative.db", "low is -1")]
    [InlineData("highlow.db", "below low")]
    [InlineData("gap.db", "missing inside the series")]
    public void CheckFindsBadBars(string file, string words)
    {
        Outcome outcome = KedgeProgram.Run(bad.Path, "data", "check", file);
        Assert.Equal(1, outcome.Code);
        Assert.Equal("", outcome.Error);
        Assert.Contains("WRONG " + file, outcome.Out, StringComparison.Ordinal);
        Assert.Contains(words, outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--funding-db missing.db", 4, "missing.db|funding")]
    [InlineData("--funding-db folder", 4, "folder|funding_rates")]
    [InlineData("--funding-db text.db", 4, "text.db|not an SQLite database")]
    [InlineData("--funding-db candles_1h.db", 4, "candles_1h.db|no table 'funding_rates'")]
    [InlineData("--funding-db nofunding.db", 4, "nofunding.db|no funding rates|data import")]
    [InlineData("--funding-db badfunding.db", 1, "badfunding.db|BTC|missing or not finite")]
    [InlineData("--universe-filter", 4, "universe_history.db|no such file")]
    [InlineData("--universe-filter --universe-db text.db", 4, "text.db|not an SQLite database")]
    [InlineData("--universe-filter --universe-db nouniverse.db", 4, "nouniverse.db|no listings")]
    [InlineData("--universe-filter --universe-db elsewhere.db", 2, "no symbol is left|--universe-filter")]
    [InlineData("--exit-candles-db missing.db --exit-interval 1h", 4, "missing.db|no such")]
    [InlineData("--exit-interval 5m", 4, "candles_5m.db|no such")]
    [InlineData("--exit-candles-db candles_1h.db --exit-interval 5m", 4, "candles_1h.db|no 5m candles|only 1h")]
    [InlineData("--entry-candles-db candles_1h.db --entry-interval 4h", 2, "entry interval 4h|coarser")]
    public void OtherDatabasesAreCheckedToo(string options, int code, string words) =>
        BadInput.Check(
            bad.Path,
            code,
            words,
            [
                "replay",
                "--config",
                "good.yaml",
                "--candles-db",
                "candles_1h.db",
                "--output",
                "new.json",
                .. BadInput.Split(options),
            ]
        );
}
