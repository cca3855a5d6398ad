namespace Kedge.Cli.Tests;

/// <summary>
/// <c>kedge sweep run --executor slurm</c> without Slurm, and with three small programs of its names that run tasks where they stand. On a real
/// cluster it is tested by <c>tests/slurm.sh</c>.
/// </summary>
public sealed class SweepSlurmTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Good = "--sweep-spec sweep.yaml --config good.yaml --candles-db candles_1h.db --lookback 30";

    [Theory]
    [InlineData("--slurm-cpus 2", 2, "--slurm-cpus goes with --executor slurm")]
    [InlineData("--executor slurm --slurm-time soon", 2, "--slurm-time|'soon'")]
    [InlineData("--executor slurm --slurm-partition a;b", 2, "--slurm-partition|'a;b'")]
    [InlineData("--executor slurm --slurm-cpus 0", 2, "--slurm-cpus|1 to")]
    [InlineData("--executor slurm --slurm-shards 0", 2, "--slurm-shards|1 to")]
    [InlineData("--executor slurm --slurm-resubmits -1", 2, "--slurm-resubmits|0 to")]
    [InlineData("--executor slurm --slurm-on-stop shrug", 2, "--slurm-on-stop|leave, cancel")]
    [InlineData("--executor slurm", 4, "'sbatch' was not found|slurm-client|--executor cpu")]
    public void Refuses(string options, int code, string words)
    {
        Spec();
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        IReadOnlyList<string> before = folder.Snapshot();
        Outcome outcome = Sweep(folder, "/nonexistent", $"sweep run {options} {Good}");
        Assert.True(outcome.Code == code, outcome.ToString());
        string line = Assert.Single(outcome.ErrorLines);
        Assert.All(words.Split('|'), word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_task_that_failed_is_submitted_again_and_the_merged_file_is_the_local_one()
    {
        Spec();
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        string slurm = StandIns(
            folder,
            fails: "[ $i = 2 ] && [ ! -e failed ] && { touch failed; echo 'kedge: no luck' >>rows.jsonl.slurm/log-2.txt; continue; }"
        );
        Assert.Equal(0, Sweep(folder, slurm, $"sweep run --output local.jsonl --quiet {Good}").Code);
        Outcome run = Sweep(
            folder,
            slurm,
            $"sweep run --executor slurm --output rows.jsonl --slurm-shards 3 --slurm-memory 1g {Good}"
        );
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains(
            "shard 2 did not come: submitted again as job 7 (log of 2: kedge: no luck)",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(folder.Text("local.jsonl"), folder.Text("rows.jsonl"));
        Assert.Equal(folder.Text("local.jsonl.id"), folder.Text("rows.jsonl.id"));
        Assert.False(Directory.Exists(folder.At("rows.jsonl.slurm")));
        Assert.Contains("--mem=1024M", folder.Text("seen.sh"), StringComparison.Ordinal);
        Assert.Contains("--memory 768m", folder.Text("seen.sh"), StringComparison.Ordinal);
        Outcome again = Sweep(folder, slurm, $"sweep run --executor slurm --output rows.jsonl --resume {Good}");
        Assert.Contains("nothing is left to run", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_always_fails_is_given_up_and_a_later_run_does_only_what_is_missing()
    {
        Spec();
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        string slurm = StandIns(folder, fails: "[ $i = 3 ] && [ ! -e mended ] && continue");
        Outcome run = Sweep(
            folder,
            slurm,
            $"sweep run --executor slurm --output rows.jsonl --slurm-shards 4 --slurm-resubmits 1 --quiet {Good}"
        );
        Assert.Equal(4, run.Code);
        Assert.Contains("shard 3 of 4 failed 2 times; see ", run.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("rows.jsonl")));

        File.WriteAllText(folder.At("mended"), "");
        Outcome refused = Sweep(folder, slurm, $"sweep run --executor slurm --output rows.jsonl {Good}");
        Assert.Equal(3, refused.Code);
        Assert.Contains("go on with --resume", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Outcome other = Sweep(
            folder,
            slurm,
            $"sweep run --executor slurm --output rows.jsonl --resume --initial-balance 7 {Good}"
        );
        Assert.Equal(2, other.Code);
        File.Delete(folder.At("arrays"));
        Assert.Equal(0, Sweep(folder, slurm, $"sweep run --executor slurm --output rows.jsonl --resume --quiet {Good}").Code);
        Assert.Equal("--array=3", folder.Text("arrays").Trim());
        Assert.Equal(0, Sweep(folder, slurm, $"sweep run --output local.jsonl --quiet {Good}").Code);
        Assert.Equal(folder.Text("local.jsonl"), folder.Text("rows.jsonl"));
    }

    /// <summary>Programs under the names of Slurm's: tasks run one after another while they are submitted, and the queue is always empty.</summary>
    private static string StandIns(TempFolder folder, string fails)
    {
        string path = Directory.CreateDirectory(folder.At("slurm")).FullName;
        Program("squeue", "exit 0");
        Program("scancel", "exit 0");
        Program(
            "sbatch",
            $$"""
            for script; do :; done
            cp "$script" seen.sh
            echo "$2" >>arrays
            for range in $(echo "${2#--array=}" | tr ',' ' '); do
                for i in $(seq "${range%-*}" "${range#*-}"); do
                    {{fails}}
                    SLURM_ARRAY_TASK_ID=$i sh "$script" >>rows.jsonl.slurm/log-$i.txt 2>&1
                done
            done
            echo 7
            """
        );
        Assert.Equal(0, KedgeProgram.Shell(path, "chmod +x *").Code);
        return path;

        void Program(string name, string text) => File.WriteAllText(Path.Combine(path, name), "#!/bin/sh\n" + text + "\n");
    }

    private static Outcome Sweep(TempFolder folder, string programs, string line)
    {
        string path = programs + (programs == "/nonexistent" ? "" : ":" + Environment.GetEnvironmentVariable("PATH"));
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["PATH"] = path };
        using System.Diagnostics.Process process = KedgeProgram.Start(folder.Path, environment, BadInput.Split(line));
        Task<string> error = process.StandardError.ReadToEndAsync();
        return KedgeProgram.Finish(process, process.StandardOutput.ReadToEnd(), error);
    }

    private void Spec() =>
        File.WriteAllText(
            Path.Combine(bad.Path, "sweep.yaml"),
            "axes:\n  - path: trade.sl_atr_mult\n    values: [1, 2, 3]\n  - path: indicators.adx_window\n    values: [10, 14]\n"
        );
}
