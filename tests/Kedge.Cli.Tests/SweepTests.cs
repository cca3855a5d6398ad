namespace Kedge.Cli.Tests;

/// <summary><c>kedge sweep</c> as a program.</summary>
public sealed class SweepTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Good = "--config good.yaml --candles-db candles_1h.db";

    [Theory]
    [InlineData("sweep plan " + Good, 2, "--sweep-spec is required")]
    [InlineData("sweep plan --sweep-spec none.yaml " + Good, 4, "none.yaml|cannot read")]
    [InlineData("sweep plan --sweep-spec folder " + Good, 4, "folder|it is a folder")]
    [InlineData("sweep plan --sweep-spec good.yaml " + Good, 2, "good.yaml|axes")]
    [InlineData("sweep plan --sweep-spec sweep.yaml --executor warp " + Good, 2, "--executor|'warp'|reference")]
    [InlineData("sweep plan --sweep-spec sweep.yaml --threads 0 " + Good, 2, "--threads|1 to")]
    [InlineData("sweep plan --sweep-spec sweep.yaml --init-state x.json " + Good, 2, "--init-state|start flat")]
    public void Refuses(string line, int code, string words)
    {
        Spec();
        BadInput.Check(bad.Path, code, words, BadInput.Split(line));
    }

    [Fact]
    public void A_plan_counts_configurations_and_columns_and_gives_a_time()
    {
        Spec();
        Outcome plan = KedgeProgram.Run(
            bad.Path,
            [.. BadInput.Split("sweep plan --sweep-spec sweep.yaml --verify-overrides " + Good)]
        );
        Assert.True(plan.Code == 0, plan.ToString());
        Assert.Contains("configurations  4 over 2 axes", plan.Out, StringComparison.Ordinal);
        Assert.Contains("adx 2", plan.Out, StringComparison.Ordinal);
        Assert.Contains("ms each", plan.Out, StringComparison.Ordinal);
        Assert.Contains("override trade.sl_atr_mult", plan.Error, StringComparison.Ordinal);
    }

    private void Spec() =>
        File.WriteAllText(
            Path.Combine(bad.Path, "sweep.yaml"),
            "lookback: 30\naxes:\n  - path: trade.sl_atr_mult\n    values: [1, 3]\n  - path: indicators.adx_window\n    values: [10, 14]\n"
        );
}
