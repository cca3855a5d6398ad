using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge tune</c> as a program.</summary>
public sealed class TuneTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Good = "--sweep-spec tune.yaml --lookback 30 --config good.yaml --candles-db candles_1h.db";

    [Theory]
    [InlineData("tune --method luck " + Good, 2, "--method|'luck'|tpe, random")]
    [InlineData("tune --trials 0 " + Good, 2, "--trials|1 to")]
    [InlineData("tune --batch 0 " + Good, 2, "--batch|1 to")]
    [InlineData("tune --gamma 1 " + Good, 2, "--gamma|less than 1")]
    [InlineData("tune --candidates 0 " + Good, 2, "--candidates|1 to")]
    [InlineData("tune --objective luck " + Good, 2, "--objective|'luck'|balanced")]
    [InlineData("tune --min-trades -1 " + Good, 2, "--min-trades|0 or more")]
    [InlineData("tune --output-mode wide " + Good, 2, "--output-mode|'wide'|full, candidate")]
    [InlineData("tune --trials 5000 " + Good, 2, "930 configurations|--trials|kedge sweep run")]
    [InlineData("tune --holdout lots " + Good, 2, "--holdout|'lots'|30% or 0.3")]
    [InlineData("tune --holdout 95% " + Good, 2, "--holdout|'95%'|1% and 90%")]
    [InlineData("tune --holdout 30% --output /dev/null " + Good, 2, "--holdout|'/dev/null' is a device")]
    [InlineData("sweep page none.jsonl", 4, "none.jsonl|cannot be read")]
    [InlineData("sweep page good.yaml", 2, "good.yaml:1|no row of a sweep")]
    [InlineData("sweep --tpe --trials 0 " + Good, 2, "--trials|1 to")]
    [InlineData("sweep --gpu " + Good + " --threads 0", 2, "--threads|1 to")]
    public void Refuses(string line, int code, string words)
    {
        Spec();
        BadInput.Check(bad.Path, code, words, BadInput.Split(line));
    }

    [Fact]
    public void A_killed_search_goes_on_to_the_same_bytes_with_other_threads()
    {
        Spec();
        const string Line = Good + " --trials 600 --seed 4 --min-trades 1 --objective sharpe --quiet --output-mode candidate";
        Assert.Equal(0, Tune(Line + " --output whole.jsonl --threads 1").Code);
        using (
            System.Diagnostics.Process process = KedgeProgram.Start(
                bad.Path,
                [.. BadInput.Split("tune " + Line + " --output killed.jsonl")]
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

        Assert.Equal(2, Tune(Line + " --output killed.jsonl --resume --seed 5").Code);
        Assert.Equal(0, Tune(Line + " --output killed.jsonl --resume --threads 3").Code);
        Assert.Equal(Bytes("whole.jsonl"), Bytes("killed.jsonl"));
        Outcome again = Tune(Line.Replace(" --quiet", "", StringComparison.Ordinal) + " --output killed.jsonl --resume");
        Assert.Contains("nothing is left to run", again.Error, StringComparison.Ordinal);
        Outcome alias = KedgeProgram.Run(
            bad.Path,
            [
                .. BadInput.Split(
                    "sweep --tpe " + Line.Replace("--seed", "--tpe-seed", StringComparison.Ordinal) + " --output alias.jsonl"
                ),
            ]
        );
        Assert.True(alias.Code == 0, alias.ToString());
        Assert.Equal(Bytes("whole.jsonl"), Bytes("alias.jsonl"));
    }

    [Fact]
    public void Beside_the_best_rows_stands_how_far_to_believe_them()
    {
        Spec();
        const string Line = Good + " --trials 120 --min-trades 1 --holdout 40% --output judged.jsonl --page judged.html";
        Outcome tuned = Tune(Line + " --top-n 3 --json");
        Assert.True(tuned.Code == 0, tuned.ToString());
        using JsonDocument json = JsonDocument.Parse(tuned.Out);
        JsonElement[] best = [.. json.RootElement.GetProperty("best").EnumerateArray()];
        Assert.Equal(3, best.Length);
        Assert.All(best, row => Assert.Equal(120, row.GetProperty("trials").GetInt32()));
        Assert.All(best, row => Assert.InRange(row.GetProperty("deflated_sharpe").GetDouble(), 0.0, 1.0));
        Assert.All(best, row => Assert.True(row.GetProperty("holdout").TryGetProperty("total_pnl", out _)));
        Assert.Equal(100, File.ReadLines(Path.Combine(bad.Path, "judged.holdout.jsonl")).Count());
        Assert.Contains("id=\"data\"", File.ReadAllText(Path.Combine(bad.Path, "judged.html")), StringComparison.Ordinal);

        // The same numbers from the file alone, whatever is left out of the table.
        Outcome top = KedgeProgram.Run(bad.Path, [.. BadInput.Split("sweep top judged.jsonl --json --top-n 1 --min-trades 1")]);
        using JsonDocument again = JsonDocument.Parse(top.Out);
        Assert.Equal(
            best[0].GetProperty("deflated_sharpe").GetDouble(),
            again.RootElement.GetProperty("deflated_sharpe").GetDouble()
        );
        Assert.Equal(
            JsonSerializer.Serialize(best[0].GetProperty("holdout")),
            JsonSerializer.Serialize(again.RootElement.GetProperty("holdout"))
        );

        // A search of the whole window into the same file: what was scored before is not shown beside it.
        Assert.Equal(0, Tune(Line.Replace(" --holdout 40%", "", StringComparison.Ordinal) + " --quiet").Code);
        Outcome table = KedgeProgram.Run(bad.Path, [.. BadInput.Split("sweep top judged.jsonl")]);
        Assert.Contains("dsr", table.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("holdout", table.Out, StringComparison.Ordinal);
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(bad.Path, name));

    private Outcome Tune(string line) => KedgeProgram.Run(bad.Path, [.. BadInput.Split("tune " + line)]);

    private void Spec() =>
        File.WriteAllText(
            Path.Combine(bad.Path, "tune.yaml"),
            "axes:\n  - path: trade.sl_atr_mult\n    min: 1\n    max: 4\n    step: 0.1\n  - path: trade.tp_atr_mult\n    values: [3, 4, 5, 6, 7, 8]\n"
                + "  - path: indicators.adx_window\n    values: [8, 10, 12, 14, 18]\n"
        );
}
