namespace Kedge.Cli.Tests;

/// <summary>Command lines that ask for what cannot be.</summary>
public sealed class BadArgumentTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Good = " --config good.yaml --candles-db candles_1h.db";

    [Theory]
    [InlineData("--symbol NOPE", 2, "'NOPE'|BTC, ETH, SOL")]
    [InlineData("--interval 7m", 2, "--interval|'7m'|1m 3m 5m 15m")]
    [InlineData("--interval 5m", 4, "candles_1h.db|no 5m candles, only 1h|choose")]
    [InlineData("--exit-interval 7m", 2, "--exit-interval|'7m'|1m 3m 5m 15m")]
    [InlineData("--from 1970-01-12 --to 1970-01-11", 2, "--from 1970-01-12 00:00|after --to 1970-01-11 00:00|swap")]
    [InlineData("--from yesterday", 2, "--from|'yesterday'|is not a time|2025-01-31")]
    [InlineData("--to 1970-13-01", 2, "--to|'1970-13-01'|is not a time")]
    [InlineData("--from 2030-01-01", 2, "--from 2030-01-01|outside|choose")]
    [InlineData("--initial-balance 0", 2, "--initial-balance|greater than 0")]
    [InlineData("--initial-balance -5", 2, "--initial-balance|greater than 0|-5")]
    [InlineData("--initial-balance NaN", 2, "--initial-balance|'NaN'|not a number")]
    [InlineData("--initial-balance 1e999", 2, "--initial-balance|'1e999'|not a number")]
    [InlineData("--initial-balance 1,5", 2, "--initial-balance|'1,5'|with a point")]
    [InlineData("--initial-balance lots", 2, "--initial-balance|'lots'|not a number")]
    [InlineData("--lookback -1", 2, "--lookback|0 or more|-1")]
    [InlineData("--lookback 1.5", 2, "--lookback|'1.5'|whole number")]
    [InlineData("--lookback 99999999999", 2, "--lookback|'99999999999'|whole number")]
    [InlineData("--slippage-bps nan", 2, "--slippage-bps|'nan'|not a number")]
    [InlineData("--mode wild", 2, "'wild'|primary, fallback")]
    [InlineData("--set foo", 2, "--set|'foo'|path=value")]
    [InlineData("--set trade.nope=1", 2, "--set|trade.nope is not a key")]
    [InlineData("--set trade.sl_atr_mult=wide", 2, "--set|trade.sl_atr_mult|wide")]
    [InlineData("--instruments missing.json", 4, "missing.json|no such file")]
    [InlineData("--instruments broken.json", 2, "broken.json|not valid JSON")]
    [InlineData("--instruments instruments.json", 2, "instruments.json|instruments[0]")]
    [InlineData("--instruments folder", 4, "folder|cannot be read")]
    [InlineData("--init-state missing.json", 4, "missing.json|no such file|check the path")]
    [InlineData("--init-state folder", 4, "folder|it is a folder")]
    [InlineData("--init-state list.json", 2, "list.json|JSON object")]
    [InlineData("--init-state broken.json", 2, "broken.json:1|not valid JSON")]
    [InlineData("--init-state version.json", 2, "version.json|version must be a whole number")]
    [InlineData("--init-state version9.json", 2, "version9.json|version 9|1 or 2")]
    [InlineData("--init-state nobalance.json", 2, "nobalance.json|balance is missing")]
    [InlineData("--init-state position.json", 2, "position.json|positions[0].symbol")]
    [InlineData("--init-state positions.json", 2, "positions.json|positions must be a list")]
    [InlineData("--init-state mark.json", 2, "mark.json|entry_attempt_ms_by_symbol.BTC|whole number")]
    [InlineData("--balance-from zerobalance.json", 2, "zerobalance.json|greater than 0")]
    [InlineData("--balance-from missing.json", 4, "missing.json|no such file")]
    [InlineData("--output folder", 4, "'folder'|it is a folder|name of a file")]
    [InlineData("--output no/report.json", 4, "'no/report.json'|does not exist|create it")]
    [InlineData("--html no/report.html", 4, "'no/report.html'|does not exist|create it")]
    [InlineData("--export-trades no/t.csv", 4, "'no/t.csv'|does not exist|create it")]
    [InlineData("--export-fills no/t.csv", 4, "'no/t.csv'|does not exist|create it")]
    [InlineData("--output candles_1h.db", 2, "'candles_1h.db'|input of the run|another name")]
    [InlineData("--output a.json --html ./a.json", 2, "a.json'|two outputs|another name")]
    [InlineData("--bogus", 2, "unknown option '--bogus'|kedge replay --help")]
    [InlineData("--ouput x.json", 2, "'--ouput'|did you mean '--output'|kedge replay --help")]
    [InlineData("stray", 2, "'stray'|kedge replay --help")]
    [InlineData("--symbol", 2, "--symbol needs a value|kedge replay --help")]
    [InlineData("--symbol BTC --symbol ETH", 2, "--symbol|2 times|kedge replay --help")]
    public void ReplayRefuses(string options, int code, string words) =>
        BadInput.Check(bad.Path, code, words, BadInput.Split("replay" + Good + " " + options));

    [Theory]
    [InlineData("BTC", 2, "--at|--from and --to")]
    [InlineData("BTC --at noon", 2, "--at|'noon'|is not a time")]
    [InlineData("BTC --at 1970-01-12 --from 1970-01-10", 2, "--at|--from and --to|one of the two")]
    [InlineData("BTC --from 1970-01-12 --to 1970-01-11", 2, "--from 1970-01-12|after --to|swap")]
    [InlineData("BTC --at 2030-01-01 --lookback 9999", 1, "BTC|warm-up of 9999|kedge data list")]
    [InlineData("BTC --from 2030-01-01", 1, "BTC|no bar closes|kedge data list")]
    [InlineData("NOPE --at 1970-01-12", 2, "'NOPE'|BTC, ETH, SOL")]
    [InlineData("--at 1970-01-12", 2, "kedge explain|<symbol>")]
    public void ExplainRefuses(string options, int code, string words) =>
        BadInput.Check(bad.Path, code, words, BadInput.Split("explain " + options + Good));

    [Theory]
    [InlineData("dump-indicators" + Good, 2, "--symbol")]
    [InlineData("dump-indicators --symbol NOPE" + Good, 2, "'NOPE'|BTC, ETH, SOL")]
    [InlineData("dump-indicators --symbol BTC --output no/x.csv" + Good, 4, "'no/x.csv'|does not exist|create it")]
    [InlineData("dump-indicators --symbol BTC --output folder" + Good, 4, "'folder'|it is a folder")]
    [InlineData("dump-indicators --symbol BTC --output good.yaml" + Good, 2, "'good.yaml'|input of the run")]
    [InlineData("repaly", 2, "unknown command 'repaly'|did you mean 'replay'|kedge --help")]
    [InlineData("frobnicate", 2, "unknown command 'frobnicate'|kedge --help")]
    [InlineData("--bogus", 2, "unknown option '--bogus'|kedge --help")]
    [InlineData("@file", 2, "'@file'|kedge --help")]
    [InlineData("data fetch --weight-share 0.05", 2, "--weight-share must be 0.1 to 1, not 0.05")]
    [InlineData("data", 2, "'kedge data' needs a command|import, fetch, get, list, check|kedge data --help")]
    [InlineData("data lst", 2, "unknown command 'lst'|did you mean 'list'|kedge data --help")]
    [InlineData("data import", 2, "kedge data import|<files>")]
    [InlineData("data import --kind x empty.csv", 2, "--kind|'x'|auto candles funding")]
    [InlineData("data import --interval 7m empty.csv", 2, "--interval|'7m'|1m 3m")]
    [InlineData("data check --interval 7m candles_1h.db", 2, "--interval|'7m'|1m 3m")]
    [InlineData("data check --interval 5m candles_1h.db", 4, "candles_1h.db|no 5m candles|1h")]
    [InlineData("data check --zero-volume-bars 0 candles_1h.db", 2, "--zero-volume-bars|1 or more")]
    [InlineData("config", 2, "'kedge config' needs a command|kedge config --help")]
    [InlineData("config explain --config good.yaml", 2, "kedge config explain|<key>")]
    [InlineData("config explain nope.key --config good.yaml", 2, "nope.key is not a key|kedge config show")]
    [InlineData("config explain trade.sl_atr_mul --config good.yaml", 2, "trade.sl_atr_mul|did you mean trade.sl_atr_mult")]
    [InlineData("demo --folder good.yaml", 4, "'good.yaml'|a file has that name|--folder")]
    [InlineData("compare a.json", 2, "kedge compare|<b>|kedge compare --help")]
    [InlineData("compare missing.json list.json", 4, "missing.json|there is no such file|check the path")]
    [InlineData("compare folder list.json", 4, "folder|it is a folder|check the path")]
    [InlineData("compare list.json list.json", 2, "list.json|no report|not an object")]
    [InlineData("compare broken.json list.json", 2, "broken.json|no report|not valid JSON")]
    [InlineData("compare candles_1h.db list.json", 2, "candles_1h.db|no report|not valid JSON")]
    [InlineData("demo --seed x", 2, "--seed|'x'|whole number")]
    [InlineData("demo --folder good.yaml/x", 4, "good.yaml/x|--folder")]
    public void OtherVerbsRefuse(string line, int code, string words) =>
        BadInput.Check(bad.Path, code, words, BadInput.Split(line));

    [Theory]
    [InlineData("replay", "--config")]
    [InlineData("replay", "--init-state")]
    [InlineData("replay", "--output")]
    [InlineData("demo", "--folder")]
    public void AnEmptyValueIsNamed(string verb, string option) =>
        BadInput.Check(bad.Path, 2, $"the value of {option} is empty|kedge {verb} --help", verb, option, "");

    [Fact]
    public void DebugShowsWhereItHappened()
    {
        Outcome outcome = KedgeProgram.Run(bad.Path, BadInput.Split("replay --debug --symbol NOPE" + Good));
        Assert.Equal(2, outcome.Code);
        Assert.StartsWith("kedge: ", outcome.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEarlierReportSurvivesAFailure()
    {
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        Assert.Equal(
            1,
            KedgeProgram
                .Run(folder.Path, BadInput.Split("replay --config good.yaml --candles-db double.db --output old.json"))
                .Code
        );
        Assert.Equal("the report of an earlier run", folder.Text("old.json"));
    }
}
