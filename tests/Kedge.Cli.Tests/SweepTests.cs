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
    [InlineData("sweep plan --sweep-spec sweep.yaml --executor warp " + Good, 2, "--executor|'warp'|cpu, gpu, reference")]
    [InlineData("sweep plan --sweep-spec sweep.yaml --threads 0 " + Good, 2, "--threads|1 to")]
    [InlineData("sweep plan --sweep-spec sweep.yaml --memory lots " + Good, 2, "--memory|'lots'|2g")]
    [InlineData("sweep plan --sweep-spec sweep.yaml --memory 1k " + Good, 2, "--memory|'1k'|16m or more")]
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

    [Theory]
    [InlineData("sweep run --sweep-spec sweep.yaml --output-mode wide " + Good, 2, "--output-mode|'wide'|full, candidate")]
    [InlineData("sweep run --sweep-spec sweep.yaml --objective luck " + Good, 2, "--objective|'luck'|sharpe")]
    [InlineData("sweep run --sweep-spec sweep.yaml --top-n -1 " + Good, 2, "--top-n|0 to")]
    [InlineData("sweep run --sweep-spec sweep.yaml --output no/rows.jsonl " + Good, 4, "no/rows.jsonl|does not exist")]
    [InlineData("sweep run --sweep-spec sweep.yaml --output folder " + Good, 4, "'folder'|it is a folder")]
    [InlineData("sweep top none.jsonl", 4, "none.jsonl|cannot be read")]
    [InlineData("sweep top good.yaml", 2, "good.yaml:1|no row of a sweep")]
    [InlineData("sweep materialise good.yaml", 2, "good.yaml:1|no row of a sweep")]
    public void Refuses_to_run_or_to_show(string line, int code, string words)
    {
        Spec();
        BadInput.Check(bad.Path, code, words, BadInput.Split(line));
    }

    [Fact]
    public void A_bad_specification_leaves_the_results_of_before_as_they_are()
    {
        Spec();
        string rows = Path.Combine(bad.Path, "kept.jsonl");
        File.WriteAllText(rows, "kept\n");
        File.WriteAllText(Path.Combine(bad.Path, "wrong.yaml"), "axes:\n  - path: trade.nope\n    values: [1]\n");
        Outcome refused = Sweep("run --sweep-spec wrong.yaml --output kept.jsonl " + Good);
        Assert.Equal(2, refused.Code);
        Assert.Equal("kept\n", File.ReadAllText(rows));
        Assert.Empty(Directory.GetFiles(bad.Path, "kept.jsonl.partial*"));
    }

    [Fact]
    public void A_row_is_found_shown_and_made_a_configuration_that_replays_to_its_numbers()
    {
        Spec();
        Outcome run = Sweep("run --sweep-spec sweep.yaml --output made.jsonl --json " + Good);
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains("\"rows\": 4", run.Out, StringComparison.Ordinal);
        Outcome best = Sweep("top made.jsonl --top-n 1 --json --sort-by calmar");
        string id = best.Out.Split('"')[3];
        Outcome table = Sweep("top made.jsonl --show-diff --config good.yaml");
        Assert.Contains("trade.sl_atr_mult ", table.Out, StringComparison.Ordinal);
        Assert.Equal(1, Sweep("top made.jsonl --min-trades 1000000").Code);
        Outcome made = Sweep($"materialise made.jsonl --id {id} --config good.yaml --output made.yaml");
        Assert.True(made.Code == 0, made.ToString());
        Outcome replay = KedgeProgram.Run(
            bad.Path,
            [.. BadInput.Split("replay --config made.yaml --candles-db candles_1h.db --lookback 30 --json")]
        );
        string hash = best.Out.Split("\"state_hash\":\"")[1][..16];
        Assert.Contains($"\"state_hash\": \"{hash}\"", replay.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_killed_or_out_of_disk_goes_on_to_the_same_bytes()
    {
        File.WriteAllText(
            Path.Combine(bad.Path, "many.yaml"),
            "axes:\n  - path: trade.sl_atr_mult\n    min: 1\n    max: 4\n    step: 0.1\n  - path: trade.tp_atr_mult\n    values: [3, 4, 5, 6, 7, 8]\n"
        );
        const string Run = "run --sweep-spec many.yaml --quiet --lookback 30 " + Good;
        Assert.Equal(0, Sweep(Run + " --output whole.jsonl --threads 1 --executor reference").Code);
        using (
            System.Diagnostics.Process process = KedgeProgram.Start(
                bad.Path,
                [.. BadInput.Split("sweep " + Run + " --output killed.jsonl")]
            )
        )
        {
            string partial = Path.Combine(bad.Path, "killed.jsonl.partial");
            while (!process.HasExited && (!File.Exists(partial) || new FileInfo(partial).Length < 3_000))
            {
                Thread.Sleep(2);
            }

            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal(0, Sweep(Run + " --output killed.jsonl --resume").Code);
        Assert.Equal(Bytes("whole.jsonl"), Bytes("killed.jsonl"));

        Outcome full = KedgeProgram.Shell(
            bad.Path,
            $"trap '' XFSZ; ulimit -f 100; export DOTNET_EnableWriteXorExecute=0; exec $KEDGE sweep {Run} --output full.jsonl --no-cache"
        );
        Assert.Equal(4, full.Code);
        Assert.Contains(
            "rows are kept: free some space and go on with --resume",
            Assert.Single(full.ErrorLines),
            StringComparison.Ordinal
        );
        Assert.Equal(0, Sweep(Run + " --output full.jsonl --resume").Code);
        Assert.Equal(Bytes("whole.jsonl"), Bytes("full.jsonl"));
        Assert.Equal(0, Sweep(Run + " --output full.jsonl --resume").Code);
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(bad.Path, name));

    private Outcome Sweep(string line) => KedgeProgram.Run(bad.Path, [.. BadInput.Split("sweep " + line)]);

    private void Spec() =>
        File.WriteAllText(
            Path.Combine(bad.Path, "sweep.yaml"),
            "lookback: 30\naxes:\n  - path: trade.sl_atr_mult\n    values: [1, 3]\n  - path: indicators.adx_window\n    values: [10, 14]\n"
        );
}
