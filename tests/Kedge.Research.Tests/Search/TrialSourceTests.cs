using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>What random and model-based searches choose.</summary>
public sealed class TrialSourceTests : IDisposable
{
    private const string Spec = """
        axes:
          - path: trade.enable_partial_tp
            values: [0, 1]
          - path: trade.tp_partial_pct
            values: [0.3, 0.5, 0.7]
            gate: {path: trade.enable_partial_tp, eq: 1}
          - path: indicators.adx_window
            min: 8
            max: 27
            step: 1
          - path: trade.sl_atr_mult
            values: [3, 1, 2]
          - path: thresholds.entry.macd_hist_entry_mode
            values: [accel, sign, none]
        """;

    private readonly SearchCase _case = new(RandomCases.Make(11, subBars: false), Spec);

    private SearchSpace Space => _case.Job.Space;

    public void Dispose() => _case.Dispose();

    [Fact]
    public void A_random_configuration_depends_on_seed_and_place_alone()
    {
        string[] small = Values(new RandomTrials(Space, 100, 7, 5));
        Assert.Equal(small, Values(new RandomTrials(Space, 100, 64, 5)));
        Assert.Equal(small[..40], Values(new RandomTrials(Space, 40, 64, 5)));
        Assert.NotEqual(small, Values(new RandomTrials(Space, 100, 7, 6)));
        Assert.True(small.Distinct(StringComparer.Ordinal).Count() > 80);
    }

    [Fact]
    public void Random_search_takes_every_listed_value_equally_often_and_none_where_a_gate_is_closed()
    {
        List<SweepTrial> trials = All(new RandomTrials(Space, 4_000, 500, 1));
        for (int axis = 0; axis < Space.Grid.Axes.Count; axis++)
        {
            SweepAxis of = Space.Grid.Axes[axis];
            List<SweepTrial> open = [.. trials.Where(t => IsOpen(axis, t))];
            Assert.All(trials.Except(open), t => Assert.Equal(of.Values[0], t.Values[axis]));
            double expected = (double)open.Count / of.Values.Count;
            foreach (double value in of.Values)
            {
                int times = open.Count(t => t.Values[axis] == value);
                // Five standard deviations of a binomial count.
                Assert.InRange(times, expected - (5.0 * Math.Sqrt(expected)), expected + (5.0 * Math.Sqrt(expected)));
            }
        }
    }

    [Fact]
    public void The_model_finds_what_is_good_on_axes_of_every_type()
    {
        TpeTrials source = new(Space, 1_200, TpeSettings.Default with { BatchSize = 30 }, 3);
        List<SweepTrial> trials = All(source, Wanted);
        List<SweepTrial> last = [.. trials.TakeLast(200)];
        Assert.True(last.Average(Wanted) > trials.Take(60).Average(Wanted) + 10.0);
        Assert.True(last.Count(t => t.Values[Axis("trade.enable_partial_tp")] == 1.0) > 180);
        Assert.True(last.Count(t => t.Values[Axis("thresholds.entry.macd_hist_entry_mode")] == 1.0) > 160);
        Assert.True(last.Count(t => Math.Abs(t.Values[Axis("indicators.adx_window")] - 20.0) <= 2.0) > 140);
        Assert.All(
            last,
            t => Assert.Contains(t.Values[Axis("indicators.adx_window")], Space.Grid.Axes[Axis("indicators.adx_window")].Values)
        );
    }

    [Fact]
    public void An_axis_learns_nothing_from_configurations_in_which_its_gate_was_closed()
    {
        // With the switch off the share is not there, whatever number stands in its place: its density stays flat.
        int share = Axis("trade.tp_partial_pct");
        int mode = Axis("trade.enable_partial_tp");
        TpeTrials source = new(Space, 300, TpeSettings.Default with { BatchSize = 100 }, 3);
        for (long batch = 0; batch < 2; batch++)
        {
            foreach (SweepTrial trial in source.Batch(batch))
            {
                double[] values = [.. trial.Values];
                values[mode] = 0.0;
                values[share] = 0.3;
                source.Tell(values, trial.Index);
            }
        }

        source.Batch(2);
        Assert.Equal(1.0 / 3.0, source.Good(share, 0), 12);
        Assert.True(source.Good(mode, 0) > 0.9);
    }

    [Fact]
    public void A_histogram_counts_and_a_number_speaks_for_its_neighbours_in_order_of_size()
    {
        AxisDensity mode = new(Space.Grid.Axes[Axis("trade.enable_partial_tp")]);
        DrawTable table = new([2]);
        for (int i = 0; i < 10; i++)
        {
            mode.Count(i < 6 ? 0 : 1);
        }

        mode.Build([3, 1], 0, table);
        // (3 + ½) ÷ (4 + 1): a prior of one observation spread over both.
        Assert.Equal(0.7, mode.Good(0), 12);
        Assert.Equal(0, table.Draw(0, 0.6999, out double ratio));
        // The other six: (3 + ½) ÷ 7.
        Assert.Equal(Math.Log(0.7 / 0.5), ratio, 12);
        Assert.Equal(1, table.Draw(0, 0.7001, out _));

        // Listed as 3, 1, 2: one observation at 3 speaks more for 2 than for 1.
        AxisDensity stop = new(Space.Grid.Axes[Axis("trade.sl_atr_mult")]);
        stop.Count(0);
        stop.Build([1, 0, 0], 0, new DrawTable([3]));
        Assert.True(stop.Good(0) > stop.Good(2) && stop.Good(2) > stop.Good(1));
        Assert.Equal(1.0, stop.Good(0) + stop.Good(1) + stop.Good(2), 12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(37)]
    public void A_uniform_number_falls_on_the_value_whose_part_of_the_density_it_lies_in(int count)
    {
        // Densities in 1024ths, so that their sums are exact: all the same but the last, which has the rest.
        DrawTable table = new([3, count, 2]);
        double each = 16.0 / 1024.0;
        double[] good = [.. Enumerable.Repeat(each, count - 1), 1.0 - ((count - 1) * each)];
        double[] other = [.. Enumerable.Range(0, count).Select(v => good[v] / (v + 1))];
        table.Set(0, [0.5, 0.25, 0.25], [0.5, 0.25, 0.25]);
        table.Set(1, good, other);
        table.Set(2, [0.5, 0.5], [0.5, 0.5]);
        for (int v = 0; v < count; v++)
        {
            Assert.Equal(v, table.Draw(1, v * each, out double ratio));
            Assert.Equal(Math.Log(v + 1), ratio, 12);
            Assert.Equal(v, table.Draw(1, v == count - 1 ? Math.BitDecrement(1.0) : Math.BitDecrement((v + 1) * each), out _));
        }

        Assert.Equal(2, table.Draw(0, 0.75, out _));
        Assert.Equal(0, table.Draw(2, 0.25, out _));
    }

    [Fact]
    public void What_counts_as_good_is_bounded_and_copies_of_a_score_count_once()
    {
        GoodTrials good = new();
        for (short i = 0; i < 3_000; i++)
        {
            good.Add(i % 7 == 3 ? double.NaN : i * 7919 % 1_000, [i]);
        }

        Assert.Equal(GoodTrials.Most, good.Count);
        short[] expected =
        [
            .. Enumerable
                .Range(0, 3_000)
                .Where(i => i % 7 != 3)
                .DistinctBy(i => i * 7919 % 1_000)
                .OrderByDescending(i => i * 7919 % 1_000)
                .Select(i => (short)i),
        ];
        Assert.Equal(expected.Take(GoodTrials.Most), Enumerable.Range(0, GoodTrials.Most).Select(r => good.Places(r)[0]));
    }

    [Fact]
    public void The_model_chooses_the_same_when_it_is_told_the_rows_of_an_earlier_run()
    {
        TpeSettings settings = TpeSettings.Default with { BatchSize = 16 };
        List<SweepTrial> whole = All(new TpeTrials(Space, 200, settings, 9), Wanted);
        foreach (int told in new[] { 0, 1, 15, 16, 17, 47, 48, 130, 199 })
        {
            TpeTrials source = new(Space, 200, settings, 9);
            whole.Take(told).ToList().ForEach(t => source.Tell(t.Values, Wanted(t)));
            IEnumerable<SweepTrial> batch = source.Batch(told / 16).Skip(told % 16);
            Assert.Equal(whole.Skip(told).Take(16 - (told % 16)).Select(Text), batch.Select(Text));
        }
    }

    /// <summary>Rewards the switch, a window near 20, one of the words, and a share that exists only with the switch.</summary>
    private double Wanted(SweepTrial trial) =>
        (10.0 * trial.Values[Axis("trade.enable_partial_tp")])
        - Math.Abs(trial.Values[Axis("indicators.adx_window")] - 20.0)
        + (trial.Values[Axis("thresholds.entry.macd_hist_entry_mode")] == 1.0 ? 5.0 : 0.0)
        + (trial.Values[Axis("trade.tp_partial_pct")] == 0.7 ? 3.0 : 0.0)
        // Money is never equal by chance.
        + (trial.Index * 7919 % 10_007 * 1e-6);

    private int Axis(string path) => Space.Grid.Axes.ToList().FindIndex(a => a.Path == path);

    private bool IsOpen(int axis, SweepTrial trial) =>
        Space.Grid.Axes[axis].Gate is not { } gate || gate.IsOpenAt(trial.Values[Axis(gate.Path)]);

    private static string[] Values(ITrialSource source) => [.. All(source).Select(Text)];

    private static string Text(SweepTrial trial) => $"{trial.Index} {string.Join(' ', trial.Values)}";

    /// <summary>Runs a source as a runner does: the next batch is chosen before the one that runs is told.</summary>
    private static List<SweepTrial> All(ITrialSource source, Func<SweepTrial, double>? score = null)
    {
        List<SweepTrial> all = [];
        IReadOnlyList<SweepTrial> batch = source.Batch(0);
        for (long next = 1; batch.Count > 0; next++)
        {
            IReadOnlyList<SweepTrial> ahead = source.Batch(next);
            foreach (SweepTrial trial in batch)
            {
                all.Add(trial);
                source.Tell(trial.Values, score?.Invoke(trial) ?? 0.0);
            }

            batch = ahead;
        }

        return all;
    }
}
