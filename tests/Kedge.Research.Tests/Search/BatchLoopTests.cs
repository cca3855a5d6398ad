using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Tests.Search;

/// <summary>Rows go to the file in their order and without a gap, whether they are written beside the next batch or before it.</summary>
public sealed class BatchLoopTests
{
    private const int Batches = 5;

    [Fact]
    public void Rows_are_written_while_the_next_batch_runs_where_the_processors_are_free()
    {
        using ManualResetEventSlim stored = new();
        List<string> story = [];
        int run = 0;
        Loop(
            new Executor(
                beside: true,
                () =>
                {
                    // The second batch ends when the rows of the first are stored, and not before.
                    Assert.True(++run != 2 || stored.Wait(TimeSpan.FromSeconds(30)), "nobody stored the rows of the first batch");
                }
            ),
            rows =>
            {
                if (rows.Length > 0)
                {
                    story.Add($"stored {rows.Length}");
                    stored.Set();
                }
            }
        );
        Assert.Equal(Enumerable.Range(1, Batches).Select(b => $"stored {b}"), story);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_behind_such_that_could_not_be_written_are_not_written_either(bool beside)
    {
        List<int> stored = [];
        Assert.Throws<IOException>(() =>
            Loop(
                new Executor(beside, () => { }),
                rows =>
                {
                    if (rows.Length == 3)
                    {
                        throw new IOException("full");
                    }

                    if (rows.Length > 0)
                    {
                        stored.Add(rows.Length);
                    }
                }
            )
        );
        Assert.Equal([1, 2], stored);
    }

    /// <summary>Five batches, of one trial to five.</summary>
    private static void Loop(ISweepExecutor executor, Action<SweepRow?[]> store)
    {
        int number = 0;
        BatchLoop.Run(
            executor,
            () => ++number > Batches ? [] : [.. Enumerable.Range(0, number).Select(i => new SweepTrial(i, []))],
            store,
            () => { },
            CancellationToken.None
        );
    }

    private sealed class Executor(bool beside, Action run) : ISweepExecutor
    {
        public string Name => "none";

        public int BatchSize => 1;

        public bool LeavesProcessorsFree => beside;

        public void Run(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, CancellationToken cancellation) => run();

        public void Dispose() { }
    }
}
