using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>A model-based search writes the same bytes whatever runs it and wherever it was interrupted.</summary>
public sealed class TrialRunnerTests : IDisposable
{
    private const int Count = 90;
    private const string Spec =
        "axes:\n  - path: trade.sl_atr_mult\n    min: 1\n    max: 4\n    step: 0.1\n  - path: trade.enable_partial_tp\n    values: [0, 1]\n"
        + "  - path: trade.tp_partial_pct\n    values: [0.3, 0.6]\n    gate: {path: trade.enable_partial_tp, eq: 1}\n  - path: indicators.adx_window\n    values: [10, 14, 18]";

    private static readonly TrialScore Score = new(SweepObjective.Balanced, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-tune-").FullName;
    private readonly SearchCase _case = new(RandomCases.Make(11, subBars: false), Spec);

    public void Dispose()
    {
        _case.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Threads_executors_and_interruptions_change_no_byte()
    {
        byte[] whole = Run("whole", new ReferenceExecutor(_case.Job, 1));
        Assert.Equal(Count, whole.Count(b => b == '\n'));
        Assert.Equal(whole, Run("threads", new ReferenceExecutor(_case.Job, 3)));
        Assert.Equal(whole, Run("columns", new CpuExecutor(_case.Job, 2, 64 << 20)));
        foreach (int at in new[] { 1, whole.Length / 3, whole.Length / 2, whole.Length - 1 })
        {
            string path = Path.Combine(_folder, $"cut{at}");
            File.WriteAllBytes(ResultFile.PartialOf(path), whole[..at]);
            File.WriteAllText(ResultFile.PartialOf(path) + ".id", "same\n");
            Assert.Equal(whole, Run($"cut{at}", new CpuExecutor(_case.Job, 2, 64 << 20)));
        }
    }

    [Fact]
    public void A_stopped_search_keeps_what_is_done_and_goes_on_to_the_same_end()
    {
        byte[] whole = Run("whole", new ReferenceExecutor(_case.Job, 1));
        foreach (bool beside in new[] { false, true })
        {
            string name = $"stopped{beside}";
            Assert.Throws<OperationCanceledException>(() =>
                Run(name, new Stopping(new ReferenceExecutor(_case.Job, 1), 3, beside))
            );
            string partial = ResultFile.PartialOf(Path.Combine(_folder, name));
            Assert.Equal((2 * 16) + 5, File.ReadAllBytes(partial).Count(b => b == '\n'));
            Assert.Equal(whole, Run(name, new Stopping(new ReferenceExecutor(_case.Job, 2), int.MaxValue, beside)));
        }
    }

    [Theory]
    [InlineData(SweepObjective.Pnl)]
    [InlineData(SweepObjective.Sharpe)]
    [InlineData(SweepObjective.Calmar)]
    [InlineData(SweepObjective.ProfitFactor)]
    [InlineData(SweepObjective.Balanced)]
    public void A_row_that_is_read_back_scores_the_same_number(SweepObjective objective)
    {
        using ReferenceExecutor executor = new(_case.Job, 1);
        foreach (bool candidate in new[] { false, true })
        {
            using RowJson json = new(_case.Job.Space.Grid, candidate, null);
            foreach (SweepRow row in SearchCase.Rows(executor, _case.Trials(3)))
            {
                ResultLine line = ResultLine.Parse(System.Text.Encoding.UTF8.GetString(json.Line(row).Span), "row");
                Assert.Equal(objective.Of(row), objective.Of(line));
                Assert.Equal(double.NaN, new TrialScore(objective, row.All.Trades + 1).Of(line));
            }
        }
    }

    [Fact]
    public void The_balanced_score_takes_points_off_for_trades_that_are_missing_also_from_a_loss()
    {
        // 0.3 × 100 + 20 × min(12, 10) + 15 × 1.5 − 100 × 0.2; each trade below 20 costs 5.
        Assert.Equal(232.5, Balanced(100, 12, 1.5, 0.2, 20), 9);
        Assert.Equal(232.5 - 25.0, Balanced(100, 12, 1.5, 0.2, 15), 9);
        Assert.True(Balanced(-100, 0.5, -1.0, 0.2, 5) < Balanced(-100, 0.5, -1.0, 0.2, 25));

        static double Balanced(double pnl, double factor, double sharpe, double drawdown, int trades) =>
            SweepObjective.Balanced.Of(
                ResultLine.Parse(
                    FormattableString.Invariant(
                        $"{{\"config_id\":\"sweep_0000\",\"overrides\":{{}},\"total_pnl\":{pnl},\"profit_factor\":{factor},\"sharpe_ratio\":{sharpe},\"max_drawdown_pct\":{drawdown},\"total_trades\":{trades}}}"
                    ),
                    "row"
                )
            );
    }

    private byte[] Run(string name, ISweepExecutor executor)
    {
        string path = Path.Combine(_folder, name);
        TpeTrials source = new(_case.Job.Space, Count, TpeSettings.Default with { BatchSize = 16 }, 7);
        using (executor)
        using (RowJson json = new(_case.Job.Space.Grid, candidate: true, null))
        using (ResultFile file = ResultFile.Open(path, "same", resume: true, Known))
        {
            new TrialRunner(source, executor, file, json, Score, new TopRows(3), () => 0.0).Run(null, CancellationToken.None);
            file.Finish("same");
        }

        return File.ReadAllBytes(path);

        void Known(ResultLine line) =>
            source.Tell([.. _case.Job.Space.Grid.Axes.Select(a => line.Overrides[a.Path])], Score.Of(line));
    }

    /// <summary>Stops in the middle of a batch, with later rows done before an earlier one.</summary>
    private sealed class Stopping(ISweepExecutor inner, int batch, bool beside) : ISweepExecutor
    {
        private int _batches;

        public string Name => inner.Name;

        public int BatchSize => inner.BatchSize;

        public bool LeavesProcessorsFree => beside;

        public void Run(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, CancellationToken cancellation)
        {
            inner.Run(trials, rows, cancellation);
            if (++_batches == batch)
            {
                rows[5] = null;
                throw new OperationCanceledException();
            }
        }

        public void Dispose() => inner.Dispose();
    }
}
