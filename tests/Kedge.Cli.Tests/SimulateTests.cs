using System.Text.Json;
using Kedge.Cli.Simulate;
using Kedge.Simulation.Trading;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge simulate</c>: a person's configuration through a simulated exchange on which things go wrong.</summary>
public sealed class SimulateTests : IDisposable
{
    // Low thresholds on short bars, so that an hour has orders.
    private const string Busy = """
        global:
          engine:
            interval: 5m
            exit_interval: 1m
          watchlist_exclude: [XRP]
          trade:
            entry_min_confidence: low
            add_min_confidence: low
            allocation_pct: 0.05
            enable_dynamic_leverage: false
            leverage: 3.0
            reentry_cooldown_minutes: 0
            min_atr_pct: 0
          thresholds:
            entry:
              ave_enabled: false
              macd_hist_entry_mode: none
              min_adx: 8
              enable_pullback_entries: true
              pullback_min_adx: 8
              pullback_require_macd_sign: false
              enable_slow_drift_entries: true
              slow_drift_min_adx: 5
              slow_drift_min_slope_pct: 0.0001
              slow_drift_require_macd_sign: false
              slow_drift_rsi_long_min: 40
              slow_drift_rsi_short_max: 60
          filters:
            use_stoch_rsi_filter: false
            require_adx_rising: false
            require_btc_alignment: false
            enable_ranging_filter: false
            enable_anomaly_filter: false
            enable_extension_filter: false
        symbols:
          WIF:
            trade:
              leverage: 2.0
        """;

    private readonly TempFolder _folder = new();

    public SimulateTests() => File.WriteAllText(_folder.At("busy.yaml"), Busy);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_seed_trades_by_the_configuration_holds_and_is_the_same_again()
    {
        Outcome outcome = Kedge("simulate busy.yaml --seeds 2 --hours 3 --lookback 60 --symbols BTC,kPEPE --json");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal("", outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Out);
        JsonElement totals = json.RootElement.GetProperty("totals");
        Assert.True(json.RootElement.GetProperty("held").GetBoolean());
        Assert.True(totals.GetProperty("orders").GetInt64() > 0, outcome.Out);
        Assert.True(totals.GetProperty("fills").GetInt64() > 0, outcome.Out);
        Assert.True(totals.GetProperty("inputs_checked").GetInt64() > 1_000, outcome.Out);
        Assert.Equal(["BTC", "kPEPE"], json.RootElement.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()!));
        string second = json.RootElement.GetProperty("runs")[1].GetRawText();
        Outcome alone = Kedge("simulate busy.yaml --seed 2 --hours 3 --lookback 60 --symbols kPEPE,BTC --json");
        using JsonDocument again = JsonDocument.Parse(alone.Out);
        Assert.Equal(second, again.RootElement.GetProperty("runs")[0].GetRawText());
    }

    [Fact]
    public void What_of_a_configuration_cannot_apply_is_said()
    {
        Outcome outcome = Kedge("simulate busy.yaml --seeds 1 --hours 1 --lookback 60 --faults none");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains("generated instruments of these names", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("settings of WIF are not used", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("watchlist_exclude is not used", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("engine.exit_interval (1m) is not used", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("all held: 1 seed, ", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_story_of_a_seed_tells_its_faults_inputs_and_orders_and_ends_with_the_verdict()
    {
        Outcome outcome = Kedge(
            "simulate busy.yaml --seed 3 --trace --hours 2 --lookback 60 --faults SocketDropped,ForeignOrder"
        );
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains(" lane/engine in ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains(" lane/engine out tick of ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("all held: 1 seed, ", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulate busy.yaml --faults Earthquake", "'Earthquake' is none; there are day, none, and of one's own choice ")]
    [InlineData("simulate busy.yaml --trace", "give --seed")]
    [InlineData("simulate busy.yaml --seeds 0", "--seeds: 0 must be 1 to 10000")]
    [InlineData("simulate busy.yaml --hours 745", "--hours: 745 must be 1 to 744")]
    [InlineData("simulate busy.yaml --interval 1d", "the longest that is simulated is 4h")]
    [InlineData("simulate busy.yaml --seed 1 --seeds 3", "--seed runs that seed alone")]
    [InlineData("simulate busy.yaml --first 4 --seed 1", "--seed runs that seed alone")]
    [InlineData("simulate busy.yaml --seed minus", "'minus' is not a whole number")]
    public void What_cannot_be_simulated_is_refused_in_one_line(string line, string text)
    {
        Outcome outcome = Kedge(line);
        Assert.Equal(2, outcome.Code);
        Assert.Equal("", outcome.Out);
        Assert.Contains(text, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_seed_says_how_far_it_is_and_stops_in_its_middle_when_asked()
    {
        LaneRunOptions run = new()
        {
            Seed = 1,
            Hours = 48,
            Faults = LaneFaultNames.Parse("none"),
            Setup = SimulatedConfiguration.Load(null, ["BTC"], [], isLive: false, 60, _ => null),
        };
        using CancellationTokenSource stop = new();
        List<double> told = [];
        Assert.ThrowsAny<OperationCanceledException>(() =>
            LaneSeeds.Run(
                run,
                1,
                1,
                1,
                cancellation: stop.Token,
                progress: share =>
                {
                    told.Add(share);
                    if (told.Count == 3)
                    {
                        stop.Cancel();
                    }
                }
            )
        );
        Assert.Equal(3, told.Count);
        Assert.InRange(told[2], 3.0 / 48, 4.0 / 48);
    }

    [Fact]
    public void A_seed_that_failed_is_named_with_the_command_that_tells_its_story()
    {
        LaneSetup setup = SimulatedConfiguration.Load(null, ["BTC"], [], isLive: false, 200, _ => null);
        SimulateRequest request = new()
        {
            First = 7,
            Seeds = 1,
            Hours = 24,
            FaultsText = "day",
            Setup = setup,
            DepositUsd = 20_000,
            Arguments = ["my lanes/a.yaml", "--symbols", "BTC"],
        };
        LaneRunResult failed = Failed(7, "123 ms: BTC: the venue has 1, the engine 2");
        SimulateReport report = new(request, LaneSeedsResult.Of(failed), [], withCoverage: true);
        StringWriter text = new();
        report.Write(text);
        Assert.False(report.Held);
        Assert.Contains(
            "seed 7 FAILED:\n  123 ms: BTC: the venue has 1, the engine 2",
            text.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "kedge simulate 'my lanes/a.yaml' --symbols BTC --hours 24 --faults day --seed 7 --trace",
            text.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("the lane entered nothing", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_day_can_be_asked_for_alone() =>
        Assert.All(LaneFaultNames.All, name => Assert.NotEqual(LaneFaults.None, LaneFaultNames.Parse(name)));

    private static LaneRunResult Failed(ulong seed, string problem) =>
        new(seed, 24, [problem], [LaneInvariant.AllAgreeInTheEnd], new Dictionary<string, long>(StringComparer.Ordinal), 0, 0);

    private Outcome Kedge(string line) => KedgeProgram.Run(_folder.Path, BadInput.Split(line));
}
