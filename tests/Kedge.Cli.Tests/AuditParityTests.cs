using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge audit parity</c>: the session of a replay against its candles, and against data and configuration that are others now.</summary>
public sealed class AuditParityTests : IClassFixture<BadFolder>, IDisposable
{
    private const string Data = "--config good.yaml --candles-db candles_1h.db --funding-db funding_rates.db";
    private readonly TempFolder _folder = new();

    public AuditParityTests(BadFolder market)
    {
        foreach (string file in new[] { "good.yaml", "candles_1h.db", "funding_rates.db" })
        {
            File.Copy(Path.Combine(market.Path, file), _folder.At(file));
        }

        Outcome outcome = Kedge($"replay {Data} --quiet --output r.json --journal session");
        Assert.True(outcome.Code == 0, outcome.ToString());
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(Data)]
    public void A_session_of_a_replay_is_that_replay_with_and_without_its_data(string data)
    {
        Outcome outcome = Kedge($"audit parity session {data}");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("", outcome.Error);
        Assert.Contains("the session did what a replay of its candles does", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revised_bar_a_missing_bar_and_another_rate_are_named_with_both_sides()
    {
        SampleData.Execute(
            _folder.At("candles_1h.db"),
            [
                "UPDATE candles SET c = c * 1.05, h = h * 1.06 WHERE symbol = 'BTC' AND t = (SELECT t FROM candles WHERE symbol = 'BTC' ORDER BY t LIMIT 1 OFFSET 250)",
                "DELETE FROM candles WHERE symbol = 'ETH' AND t = (SELECT t FROM candles WHERE symbol = 'ETH' ORDER BY t LIMIT 1 OFFSET 300)",
            ]
        );
        SampleData.Execute(
            _folder.At("funding_rates.db"),
            [
                "UPDATE funding_rates SET funding_rate = 0.01 WHERE symbol = 'BTC' AND time = (SELECT time FROM funding_rates WHERE symbol = 'BTC' ORDER BY time LIMIT 1 OFFSET 320)",
            ]
        );
        Outcome outcome = Kedge($"audit parity session {Data}");
        Assert.True(outcome.Code == 1, outcome.ToString());
        Assert.Contains("data_revision, 2:", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("BTC bar 1h, close", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("missing_bar, 1:", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("BTC funding rate", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("replay : 0.01", outcome.Out, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Kedge($"audit parity session {Data} --json").Out);
        Assert.Equal(2, json.RootElement.GetProperty("classes").GetProperty("data_revision").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("segments")[0].GetProperty("differences").GetArrayLength());
    }

    [Fact]
    public void A_key_of_the_configuration_is_named_with_the_decision_that_follows()
    {
        Outcome outcome = Kedge($"audit parity session {Data} --set trade.sl_atr_mult=0.4");
        Assert.True(outcome.Code == 1, outcome.ToString());
        Assert.Contains("trade.sl_atr_mult", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("session: 1.5", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("decided otherwise because of trade.sl_atr_mult", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit parity nowhere", 4, "no journal there")]
    [InlineData("audit parity session --candles-db nowhere.db", 4, "nowhere.db")]
    [InlineData("audit parity session --exit-candles-db candles_1h.db", 2, "needs its interval")]
    [InlineData("audit parity session/00000002.journal", 4, "no journal there")]
    [InlineData("audit parity session --set trade.leverage=2", 2, "need --config")]
    [InlineData("audit parity session --limit -1", 2, "--limit must be 0 or more")]
    public void What_cannot_be_done_says_why(string line, int code, string text)
    {
        Outcome outcome = Kedge(line);
        Assert.True(outcome.Code == code, outcome.ToString());
        Assert.Contains(text, outcome.Error, StringComparison.Ordinal);
    }

    private Outcome Kedge(string line) => KedgeProgram.Run(_folder.Path, BadInput.Split(line));
}
