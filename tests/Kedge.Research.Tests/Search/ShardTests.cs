using Kedge.Model;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Shards;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>A search in parts, joined: the bytes of a run in one piece, or one clear line that says which part is wrong.</summary>
public sealed class ShardTests : IDisposable
{
    private const string Spec =
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1, 2, 3]\n  - path: trade.enable_partial_tp\n    values: [0, 1]\n  - path: trade.tp_partial_pct\n    values: [0.3, 0.6]\n    gate: {path: trade.enable_partial_tp, eq: 1}\n  - path: indicators.adx_window\n    values: [10, 14]";

    private const int Rows = 18;

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-shards-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(13, false)]
    public void Number_of_shards_order_threads_and_memory_never_change_a_byte(int seed, bool candidate)
    {
        using SearchCase made = new(RandomCases.Make((ulong)seed), Spec);
        string local = Local(made, candidate);
        byte[] whole = File.ReadAllBytes(local);
        Assert.Equal(Rows, whole.Count(b => b == '\n'));
        Random random = new(seed);
        foreach (int count in new[] { 1, 2, 5, 7, Rows, Rows + 4 })
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, $"n{count}")).FullName;
            int[] order = [.. Enumerable.Range(1, count)];
            random.Shuffle(order);
            foreach (int number in order)
            {
                Run(made, Header(made, number, count), folder, candidate, random.Next(3), random.Next(1, 4));
            }

            string[] files = [.. ShardMerge.FilesIn(folder)];
            random.Shuffle(files);
            string output = Path.Combine(_folder, $"merged{count}.jsonl");
            TopRows top = new(4);
            ShardMerge.Of(files).Write(output, line => top.Add(new RankedRow(line.Index, line.Number("total_pnl"), line.Text)));
            Assert.Equal(whole, File.ReadAllBytes(output));
            Assert.True(ResultFile.IsFinished(output, "search"));
            Assert.Equal(Best(local), top.Ranked().Select(r => r.Line));
        }
    }

    [Fact]
    public void Every_row_is_in_one_shard_and_shards_differ_by_one_row_at_most()
    {
        foreach (long rows in new[] { 0L, 1L, 7L, 2_000L, long.MaxValue - 1 })
        {
            foreach (int count in new[] { 1, 2, 3, 7, 64, ShardSpan.Most })
            {
                long next = 0;
                for (int number = 1; number <= count; number++)
                {
                    ShardSpan span = new(number, count);
                    Assert.Equal(next, span.First(rows));
                    Assert.InRange(span.Rows(rows), rows / count, (rows / count) + 1);
                    next += span.Rows(rows);
                }

                Assert.Equal(rows, next);
            }
        }
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1/0")]
    [InlineData("1/10001")]
    [InlineData("-1/3")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    public void What_is_no_shard_is_refused(string text) =>
        Assert.Equal(FailureKind.Usage, Assert.Throws<KedgeException>(() => ShardSpan.Parse(text)).Kind);

    [Fact]
    public void Missing_double_and_foreign_shards_are_named()
    {
        string[] files = [.. Enumerable.Range(1, 9).Select(n => Empty(Small(n, 9)))];
        Refused(FailureKind.CheckFailed, "3 of 9 shards are missing: 2, 5-6", [.. files.Where((_, i) => i is not (1 or 4 or 5))]);
        string copy = Path.Combine(_folder, "copy.shard");
        File.Copy(files[3], copy);
        Refused(FailureKind.Usage, $"{copy} and {files[3]} are both shard 4/9", [.. files, copy]);
        string other = Empty(Small(9, 9) with { DataHash = "elsewhere" });
        Refused(FailureKind.Usage, $"{other}: is shard 9/9 of another search than {files[0]}: other candles", files);
        other = Empty(Small(9, 9) with { BaseConfigId = "else" });
        Refused(FailureKind.Usage, "another configuration", [.. files[..8], other]);
        other = Empty(Small(9, 9) with { Run = "else" });
        Refused(FailureKind.Usage, "another specification, window or form of rows", [.. files[..8], other]);
        other = Empty(Small(9, 10));
        Refused(FailureKind.Usage, "cut into 10 parts, not 9", [.. files[..8], other]);
        string text = Path.Combine(_folder, "rows.jsonl");
        File.WriteAllText(text, "{\"config_id\":\"sweep_0000\"}\n");
        Refused(FailureKind.Usage, $"{text}: is no shard", [text]);
        Refused(FailureKind.CheckFailed, "no shards to merge", []);

        static void Refused(FailureKind kind, string words, string[] given)
        {
            KedgeException refused = Assert.Throws<KedgeException>(() => ShardMerge.Of(given));
            Assert.Equal(kind, refused.Kind);
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Fact]
    public void A_shard_that_has_lost_or_changed_a_byte_is_not_merged_and_the_file_of_before_stays()
    {
        using SearchCase made = new(RandomCases.Make(14), Spec);
        string path = Run(made, Header(made, 1, 1), _folder, candidate: true, 0, 1);
        byte[] whole = File.ReadAllBytes(path);
        string output = Path.Combine(_folder, "kept.jsonl");
        File.WriteAllText(output, "kept\n");
        int header = Array.IndexOf(whole, (byte)'\n') + 1;
        foreach (int at in new[] { header + 40, (header + whole.Length) / 2, whole.Length - 30 })
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            Wrong(changed);
            Wrong(whole[..at]);
        }

        Wrong([.. whole, (byte)'\n']);
        Wrong(whole[..^1]);
        File.WriteAllBytes(path, whole);
        Assert.Null(ShardFile.Read(path, (_, _) => { }));

        void Wrong(byte[] bytes)
        {
            File.WriteAllBytes(path, bytes);
            KedgeException refused = Assert.Throws<KedgeException>(() => ShardMerge.Of([path]).Write(output, _ => { }));
            Assert.Equal(FailureKind.CheckFailed, refused.Kind);
            Assert.Contains($"{path}: ", refused.Message, StringComparison.Ordinal);
            Assert.Contains("run shard 1/1 again", refused.Message, StringComparison.Ordinal);
            Assert.Equal("kept\n", File.ReadAllText(output));
            Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));
        }
    }

    [Fact]
    public void A_stopped_shard_leaves_nothing_and_an_unfinished_run_is_not_written_over()
    {
        using SearchCase made = new(RandomCases.Make(15), Spec);
        using ReferenceExecutor executor = new(made.Job, 1);
        using RowJson json = new(made.Job.Space.Grid, candidate: true, null);
        using CancellationTokenSource stop = new();
        ShardHeader header = Header(made, 1, 1);
        string path = Path.Combine(_folder, header.Span.FileName);
        Assert.Throws<OperationCanceledException>(() =>
            ShardRunner.Run(made.Job.Space, executor, path, header, json, _ => stop.Cancel(), stop.Token)
        );
        Assert.Empty(Directory.GetFileSystemEntries(_folder));

        Run(made, header, _folder, candidate: true, 0, 1);
        string output = Path.Combine(_folder, "half.jsonl");
        File.WriteAllText(ResultFile.PartialOf(output), "");
        KedgeException refused = Assert.Throws<KedgeException>(() => ShardMerge.Of([path]).Write(output, _ => { }));
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.False(File.Exists(output));
    }

    private static ShardHeader Header(SearchCase made, int number, int count) =>
        Small(number, count) with
        {
            Configurations = made.Job.Space.Count,
        };

    private static ShardHeader Small(int number, int count) =>
        new()
        {
            Span = new ShardSpan(number, count),
            Configurations = 0,
            Run = "search",
            BaseConfigId = "base",
            DataHash = "candles",
        };

    private string Empty(ShardHeader header)
    {
        string path = Path.Combine(_folder, header.Span.FileName);
        ShardFile.Write(path, header, _ => { });
        return path;
    }

    private string Local(SearchCase made, bool candidate)
    {
        string path = Path.Combine(_folder, "local.jsonl");
        using ReferenceExecutor executor = new(made.Job, 1);
        using RowJson json = new(made.Job.Space.Grid, candidate, null);
        using ResultFile file = ResultFile.Open(path, "search", resume: false, _ => { });
        SweepRunner.Run(
            made.Job.Space,
            executor,
            file,
            json,
            SweepObjective.Pnl,
            new TopRows(1),
            null,
            TestContext.Current.CancellationToken
        );
        file.Finish("search");
        return path;
    }

    private static string Run(SearchCase made, ShardHeader header, string folder, bool candidate, int kind, int threads)
    {
        string path = Path.Combine(folder, header.Span.FileName);
        using ISweepExecutor executor =
            kind == 0 ? new ReferenceExecutor(made.Job, threads)
            : kind == 1 ? new CpuExecutor(made.Job, threads, 1L << 30)
            : new CpuExecutor(made.Job, 1, 2L << 20);
        using RowJson json = new(made.Job.Space.Grid, candidate, null);
        ShardRunner.Run(made.Job.Space, executor, path, header, json, null, TestContext.Current.CancellationToken);
        return path;
    }

    private static IEnumerable<string> Best(string path) =>
        ResultLine.ReadFile(path).OrderByDescending(l => l.Number("total_pnl")).ThenBy(l => l.Index).Take(4).Select(l => l.Text);
}
