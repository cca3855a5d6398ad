namespace Kedge.Cli.Tests;

/// <summary><c>kedge sweep shard</c> and <c>kedge sweep merge</c> as a program.</summary>
public sealed class SweepShardTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Good = "--sweep-spec sweep.yaml --config good.yaml --candles-db candles_1h.db";

    [Theory]
    [InlineData("sweep shard 4/3 " + Good, 2, "'4/3' is no shard|I/N")]
    [InlineData("sweep shard " + Good, 2, "shard")]
    [InlineData("sweep shard 1/2 --output-mode wide " + Good, 2, "--output-mode|'wide'")]
    [InlineData("sweep shard 1/2 --folder good.yaml " + Good, 4, "'good.yaml'|a file has that name")]
    [InlineData("sweep merge none", 4, "none|cannot be read")]
    [InlineData("sweep merge good.yaml", 2, "good.yaml: is no shard")]
    [InlineData("sweep merge folder", 1, "no shards|kedge sweep shard")]
    [InlineData("sweep merge folder --top-n -1", 2, "--top-n|0 to")]
    public void Refuses(string line, int code, string words)
    {
        Spec("sweep.yaml", "1, 3");
        BadInput.Check(bad.Path, code, words, BadInput.Split(line));
    }

    [Fact]
    public void Shards_join_to_the_file_and_the_answer_of_a_local_run()
    {
        Spec("sweep.yaml", "1, 2, 3");
        foreach (string form in new[] { "full", "candidate" })
        {
            Outcome local = Sweep($"run --output {form}.jsonl --output-mode {form} --json --top-n 3 --objective sharpe " + Good);
            Assert.True(local.Code == 0, local.ToString());
            foreach (int number in new[] { 2, 4, 1, 3 })
            {
                Outcome shard = Sweep($"shard {number}/4 --folder {form} --output-mode {form} --threads {number} " + Good);
                Assert.True(shard.Code == 0, shard.ToString());
                Assert.Contains($"shard {number}/4: ", shard.Error, StringComparison.Ordinal);
            }

            Outcome again = Sweep($"shard 3/4 --folder {form} --output-mode {form} --quiet " + Good);
            Assert.Contains("shard 3/4 is there already", again.Error, StringComparison.Ordinal);
            Outcome merge = Sweep($"merge {form} --output merged/{form}.jsonl --json --top-n 3 --objective sharpe", "merged");
            Assert.True(merge.Code == 0, merge.ToString());
            Assert.Equal(local.Out, merge.Out);
            Assert.Equal(Bytes($"{form}.jsonl"), Bytes($"merged/{form}.jsonl"));
            Assert.Equal(Bytes($"{form}.jsonl.id"), Bytes($"merged/{form}.jsonl.id"));
            Outcome resumed = Sweep($"run --output merged/{form}.jsonl --output-mode {form} --resume --quiet " + Good);
            Assert.Contains("nothing is left to run", resumed.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_holds_the_shards_of_one_search_alone()
    {
        Spec("sweep.yaml", "1, 2");
        Assert.Equal(0, Sweep("shard 1/2 --folder one " + Good).Code);
        Outcome other = Sweep("shard 2/2 --folder one --initial-balance 500 " + Good);
        Assert.Equal(3, other.Code);
        Assert.Contains("00001-of-00002.shard: was made with another", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
        Spec("sweep.yaml", "1, 4");
        Assert.Equal(3, Sweep("shard 1/2 --folder one " + Good).Code);
        Outcome missing = Sweep("merge one");
        Assert.Equal(1, missing.Code);
        Assert.Contains("1 of 2 shards are missing: 2", Assert.Single(missing.ErrorLines), StringComparison.Ordinal);
        string shard = Path.Combine(bad.Path, "one", "00001-of-00002.shard");
        File.WriteAllBytes(shard, File.ReadAllBytes(shard)[..^20]);
        Spec("sweep.yaml", "1, 2");
        Outcome repaired = Sweep("shard 1/2 --folder one " + Good);
        Assert.Contains("shard 1/2: 2 of 4 rows", repaired.Error, StringComparison.Ordinal);
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(bad.Path, name));

    private Outcome Sweep(string line, string? folder = null)
    {
        if (folder is not null)
        {
            Directory.CreateDirectory(Path.Combine(bad.Path, folder));
        }

        return KedgeProgram.Run(bad.Path, [.. BadInput.Split("sweep " + line)]);
    }

    private void Spec(string name, string stops) =>
        File.WriteAllText(
            Path.Combine(bad.Path, name),
            $"lookback: 30\naxes:\n  - path: trade.sl_atr_mult\n    values: [{stops}]\n  - path: indicators.adx_window\n    values: [10, 14]\n"
        );
}
