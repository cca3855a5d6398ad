using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>The end of a window that a search must not see.</summary>
public sealed class HoldoutTests : IDisposable
{
    private const string Spec =
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1, 2, 3]\n  - path: indicators.adx_window\n    values: [10, 14]";

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-holdout-").FullName;
    private readonly SearchCase _case = new(RandomCases.Make(11, subBars: false), Spec);

    public void Dispose()
    {
        _case.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void The_parts_follow_each_other_and_share_no_tick(double share)
    {
        ReplayInput input = _case.Job.Input;
        HoldoutSplit split = HoldoutSplit.Of(input, share);
        Assert.Equal(split.SplitMs, split.Search.ToMs);
        Assert.Equal(split.SplitMs + 1, split.Holdout.FromMs);
        Assert.Equal(input.FromMs, split.Search.FromMs);
        Assert.Equal(input.ToMs, split.Holdout.ToMs);
        Assert.Equal(0, split.SplitMs % input.Main.Interval.Ms);
        long first = Enumerable.Range(0, input.Main.Symbols.Count).Min(i => input.Main.Bars(i).Times[0]) + input.Main.Interval.Ms;
        first = Math.Max(first, input.FromMs);
        Assert.Equal(share, (double)(split.EndMs - split.SplitMs) / (split.EndMs - first), 0.01);
    }

    [Fact]
    public void What_happens_in_the_holdout_changes_nothing_that_is_searched()
    {
        HoldoutSplit split = HoldoutSplit.Of(_case.Job.Input, 0.4);
        SweepJob search = _case.Job with { Input = split.Search };
        SweepJob cut = _case.Job with { Input = _case.Job.Input with { ToMs = split.SplitMs } };
        using CpuExecutor ours = new(search, 1, 64 << 20);
        using ReferenceExecutor plain = new(cut, 1);
        Assert.Equal(
            SearchCase.Rows(plain, _case.Trials()).Select(r => r.StateHash),
            SearchCase.Rows(ours, _case.Trials()).Select(r => r.StateHash)
        );
    }

    [Fact]
    public void A_window_too_short_for_two_parts_is_refused()
    {
        ReplayInput input = _case.Job.Input;
        long moment = HoldoutSplit.Of(input, 0.5).SplitMs;
        KedgeException refused = Assert.Throws<KedgeException>(() =>
            HoldoutSplit.Of(input with { FromMs = moment, ToMs = moment }, 0.3)
        );
        Assert.Equal(FailureKind.Usage, refused.Kind);
    }

    [Fact]
    public void The_best_rows_stand_in_a_file_of_their_own_that_belongs_to_one_search()
    {
        string output = Path.Combine(_folder, "r.jsonl");
        HoldoutSplit split = HoldoutSplit.Of(_case.Job.Input, 0.4);
        SweepGrid grid = _case.Job.Space.Grid;
        TopRows top = new(3);
        using (RowJson json = new(grid, candidate: true, null))
        using (ReferenceExecutor searched = new(_case.Job with { Input = split.Search }, 1))
        using (ReferenceExecutor unseen = new(_case.Job with { Input = split.Holdout }, 1))
        using (ResultFile file = ResultFile.Open(output, "mine", resume: false, _ => { }))
        {
            SweepRunner.Run(_case.Job.Space, searched, file, json, SweepObjective.Pnl, top, null, CancellationToken.None);
            file.Finish("mine");
            HoldoutRows.Write(output, "mine", top.Ranked(), grid, unseen, json, CancellationToken.None);
            IReadOnlyDictionary<string, ResultLine> rows = HoldoutRows.Read(output);
            Assert.Equal(3, rows.Count);
            foreach (RankedRow best in top.Ranked())
            {
                ResultLine line = ResultLine.Parse(best.Line, "row");
                SweepTrial trial = _case.Trials()[(int)best.Index];
                Assert.Equal(line.Overrides, rows[line.ConfigId].Overrides);
                Assert.Equal(SearchCase.Rows(unseen, [trial])[0].TotalPnl, rows[line.ConfigId].Number("total_pnl"));
            }
        }

        Assert.Equal(6, top.Tally.Trials);
        File.WriteAllText(output + ".id", "another search\n");
        Assert.Empty(HoldoutRows.Read(output));
    }
}
