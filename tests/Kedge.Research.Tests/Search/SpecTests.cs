using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Search.Plans;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Tests.Search;

/// <summary>Specifications: what they say, and one clear line for each thing that is wrong, before anything runs.</summary>
public sealed class SpecTests
{
    [Theory]
    [InlineData("axes: []", "there is no axis")]
    [InlineData("lookback: 5", "there is no axis")]
    [InlineData("just text", "is a map with 'axes'")]
    [InlineData(
        "axes:\n  - path: trade.sl_atr_mul\n    values: [1, 2]",
        "s.yaml:2: trade.sl_atr_mul is not a key; did you mean trade.sl_atr_mult?"
    )]
    [InlineData("axes:\n  - path: engine.interval\n    values: [1]", "engine.interval cannot be searched")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    values: []", "trade.sl_atr_mult has no values")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult", "needs either values, or min and max")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    values: [a]", "a is no value of the key: a number, > 0")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    values: [0]", "trade.sl_atr_mult 0 is no value of the key")]
    [InlineData("axes:\n  - path: indicators.adx_window\n    values: [14.5]", "a whole number, 2…256")]
    [InlineData("axes:\n  - path: indicators.adx_window\n    values: [300]", "indicators.adx_window 300 is no value of the key")]
    [InlineData("axes:\n  - path: trade.enable_partial_tp\n    values: [2]", "false and true, or 0 and 1")]
    [InlineData("axes:\n  - path: trade.entry_min_confidence\n    values: [huge]", "low, medium, high, or 0 to 2")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    values: [1, 1.0]", "lists a value twice")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    values: [1]\n    vales: [2]", "vales is unknown in an axis")]
    [InlineData("axis:\n  - path: trade.sl_atr_mult", "axis is unknown")]
    [InlineData(
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1]\n  - path: trade.sl_atr_mult\n    values: [2]",
        "has an axis already, on line 2"
    )]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    min: 2\n    max: 1\n    step: 1", "min 2 is above max 1")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    min: 1\n    max: 2\n    step: 0", "step must be greater than 0")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    min: 1\n    max: 2\n    step: 0.0000001", "make the step larger")]
    [InlineData("axes:\n  - path: trade.sl_atr_mult\n    min: 1\n    max: 2", "needs step (a distance) or log")]
    [InlineData("axes:\n  - path: trade.min_notional_usd\n    min: 0\n    max: 2\n    log: 4", "needs a min greater than 0")]
    [InlineData("axes:\n  - path: trade.enable_partial_tp\n    min: 0\n    max: 1\n    step: 1", "is no number: list its values")]
    [InlineData(
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1]\n    gate: {path: trade.nothing, eq: 1}",
        "the gate of trade.sl_atr_mult: trade.nothing is not a key"
    )]
    [InlineData(
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1]\n    gate: {path: trade.enable_pyramiding, eq: 7}",
        "can never open: 7 is no value"
    )]
    [InlineData(
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1]\n    gate: {path: trade.enable_pyramiding}",
        "needs path and eq"
    )]
    [InlineData("lookback: -1\naxes:\n  - path: trade.sl_atr_mult\n    values: [1]", "lookback must be a whole number")]
    [InlineData(
        "initial_balance: 0\naxes:\n  - path: trade.sl_atr_mult\n    values: [1]",
        "initial_balance must be a number greater than 0"
    )]
    [InlineData("axes:\n  - path: symbols.BTC.trade.max_open_positions\n    values: [1]", "holds for the whole portfolio")]
    [InlineData("axes:\n\t- path: x", "indented with a tab")]
    public void A_bad_specification_is_one_clear_line(string text, string expected)
    {
        KedgeException e = Assert.Throws<KedgeException>(() => SweepSpecReader.Parse(text, "s.yaml", out _));
        Assert.Equal(FailureKind.Usage, e.Kind);
        string line = Assert.Single(e.Message.Split('\n'));
        Assert.StartsWith("s.yaml", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "axes:\n  - path: trade.enable_partial_tp\n    values: [0]\n  - path: trade.tp_partial_pct\n    values: [0.4]\n    gate: {path: trade.enable_partial_tp, eq: 1}",
        "the gate of trade.tp_partial_pct never opens"
    )]
    [InlineData(
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1]\n    gate: {path: trade.sl_atr_mult, eq: 1}",
        "is its own gate"
    )]
    [InlineData(
        "axes:\n  - path: indicators.ema_fast_window\n    values: [60, 80]",
        "every configuration has indicators.ema_fast_window 60"
    )]
    [InlineData(
        "axes:\n  - path: trade.vol_scalar_min\n    values: [0.5, 1.5]",
        "trade.vol_scalar_min 1.5 with trade.vol_scalar_max 1"
    )]
    [InlineData("axes:\n  - path: symbols.DOGE.trade.sl_atr_mult\n    values: [1]", "DOGE is no symbol of the run")]
    public void What_the_base_makes_impossible_is_told_before_the_run(string text, string expected)
    {
        KedgeException e = Assert.Throws<KedgeException>(() => Space(text, out _));
        Assert.Contains(expected, Assert.Single(e.Message.Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("axes:\n  - path: thresholds.tp_and_momentum.tp_mult_weak\n    values: [2, 3]", "changes no decision")]
    [InlineData(
        "axes:\n  - path: thresholds.entry.pullback_min_adx\n    values: [15, 22]",
        "has no effect while thresholds.entry.enable_pullback_entries is false"
    )]
    [InlineData(
        "axes:\n  - path: indicators.ema_fast_window\n    values: [20, 50]",
        "some configurations have indicators.ema_fast_window 50"
    )]
    [InlineData(
        "axes:\n  - path: trade.sl_atr_mult\n    values: [3, 1]\n    gate: {path: trade.enable_pyramiding, eq: 0}",
        "stays at its first value 3"
    )]
    public void Wasted_axes_are_warned_about(string text, string expected)
    {
        Space(text, out IReadOnlyList<string> warnings);
        Assert.Contains(expected, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_and_words_give_the_values_one_would_write_down()
    {
        SweepSpec spec = SweepSpecReader.Parse(
            """
            axes:
              - path: trade.sl_atr_mult
                min: 0.1
                max: 0.7
                step: 0.2
              - path: trade.min_notional_usd
                min: 10
                max: 1000
                log: 3
              - path: indicators.adx_window
                min: 2
                max: 8
                log: 8
              - path: thresholds.entry.macd_hist_entry_mode
                values: [none, accel]
              - path: trade.enable_partial_tp
                values: [true, false]
            """,
            "s.yaml",
            out _
        );
        Assert.Equal([0.1, 0.3, 0.5, 0.7], spec.Axes[0].Values);
        Assert.Equal([10.0, 100.0, 1000.0], spec.Axes[1].Values);
        Assert.Equal([2.0, 3.0, 4.0, 5.0, 7.0, 8.0], spec.Axes[2].Values);
        Assert.Equal([2.0, 0.0], spec.Axes[3].Values);
        Assert.Equal([1.0, 0.0], spec.Axes[4].Values);
    }

    /// <summary>backtester.md §8.2: toggle {0,1}; A {1,2,3} when 0; B {1,2} and C {5,7} when 1: 3 + 4 configurations.</summary>
    [Fact]
    public void Gated_axes_expand_only_where_their_gate_is_open()
    {
        SweepGrid grid = Space(
            """
            axes:
              - path: trade.tp_atr_mult
                values: [1, 2, 3]
                gate: {path: trade.enable_pyramiding, eq: 0}
              - path: trade.enable_pyramiding
                values: [0, 1]
              - path: trade.add_min_profit_atr
                values: [1, 2]
                gate: {path: trade.enable_pyramiding, eq: 1}
              - path: trade.sl_atr_mult
                values: [5, 7]
                gate: {path: trade.enable_pyramiding, eq: 1}
            """,
            out _
        ).Grid;
        Assert.Equal(7, (int)grid.Count);
        List<string> all = [];
        GridCursor cursor = grid.Start();
        while (cursor.Next() is { } trial)
        {
            all.Add(string.Join(' ', trial.Values));
        }

        Assert.Equal(["0 1 1 5", "0 2 1 5", "0 3 1 5", "1 1 1 5", "1 1 1 7", "1 1 2 5", "1 1 2 7"], all);
        GridCursor later = grid.Start();
        later.Skip(5);
        SweepTrial sixth = later.Next()!;
        Assert.Equal("sweep_0005", sixth.Id);
        Assert.Equal([1.0, 1.0, 2.0, 5.0], sixth.Values);
    }

    [Fact]
    public void An_axis_of_one_symbol_changes_that_symbol_alone()
    {
        SearchSpace space = Space("axes:\n  - path: symbols.eth.trade.sl_atr_mult\n    values: [9]", out _);
        Parameters[] parameters = new Parameters[2];
        space.Fill(space.Grid.Start().Next()!, parameters, out Parameters portfolio);
        Assert.Equal(2.0, parameters[0].Trade.SlAtrMult);
        Assert.Equal(9.0, parameters[1].Trade.SlAtrMult);
        Assert.Equal(2.0, portfolio.Trade.SlAtrMult);
    }

    [Theory]
    [InlineData("smoke", 5, "288")]
    [InlineData("standard", 10, "7776")]
    [InlineData("full", 141, null)]
    public void The_profiles_that_come_along_are_sound(string name, int axes, string? count)
    {
        SweepSpec spec = SweepSpecReader.Load(
            Path.Combine(Root(), "config", "sweeps", name + ".yaml"),
            out SpecProblems problems
        );
        SearchSpace space = Of(spec, problems);
        Assert.Equal(axes, spec.Axes.Count);
        Assert.True(count is null || space.Grid.Count.ToString() == count);
        Assert.All(OverrideCheck.All(space), c => Assert.True(c.Holds, c.Path));
        Assert.True(ColumnCensus.Of(space).Values.Sum() < 300);
    }

    /// <summary>The full profile searches every documented axis; of its values only a window beyond the ring of 256 differs.</summary>
    [Fact]
    public void The_full_profile_has_every_documented_axis()
    {
        SweepSpec spec = SweepSpecReader.Load(Path.Combine(Root(), "config", "sweeps", "full.yaml"), out _);
        KeyDefinition[] documented = [.. KeyTable.Keys.Where(k => k.Axis.Count > 0)];
        Assert.Equal(
            documented.Select(k => k.Path).Order(StringComparer.Ordinal),
            spec.Axes.Select(a => a.Key.Path).Order(StringComparer.Ordinal)
        );
        Assert.All(
            spec.Axes,
            a =>
                Assert.Equal(
                    a.Key.Axis.Select(v => a.Key.Path.EndsWith("macro_window", StringComparison.Ordinal) ? Math.Min(v, 256) : v),
                    a.Values
                )
        );
    }

    private static SearchSpace Space(string text, out IReadOnlyList<string> warnings)
    {
        SweepSpec spec = SweepSpecReader.Parse(text, "s.yaml", out SpecProblems problems);
        SearchSpace space = Of(spec, problems);
        warnings = problems.Warnings;
        return space;
    }

    private static SearchSpace Of(SweepSpec spec, SpecProblems problems) =>
        SearchSpace.Of(spec, ["BTC", "ETH"], [KeyTable.Defaults, KeyTable.Defaults], KeyTable.Defaults, problems);

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kedge.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no Kedge.slnx above the tests");
    }
}
