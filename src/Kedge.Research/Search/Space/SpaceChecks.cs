using Kedge.Configuration;
using Kedge.Kernel;

namespace Kedge.Research.Search.Space;

/// <summary>What a specification must not ask for, and what wastes its time; all known before anything runs.</summary>
internal static class SpaceChecks
{
    private static readonly string[] WithoutEffect =
    [
        "thresholds.tp_and_momentum.tp_mult_strong",
        "thresholds.tp_and_momentum.tp_mult_weak",
        "thresholds.tp_and_momentum.adx_weak_lt",
        "trade.use_bbo_for_fills",
    ];

    public static void Check(SweepSpec spec, SweepGrid grid, in Parameters portfolio, SpecProblems problems)
    {
        foreach (SweepAxis axis in spec.Axes)
        {
            Gate(axis, spec, grid, problems);
            Effect(axis, spec, portfolio, problems);
        }

        Pair(
            "indicators.ema_fast_window",
            "indicators.ema_slow_window",
            (fast, slow) => fast < slow,
            grid,
            portfolio,
            (all, line, text) =>
            {
                if (all)
                {
                    problems.Error(line, $"every configuration has {text}: the fast average must be the faster one");
                }
                else
                {
                    problems.Warn(line, $"some configurations have {text}: they are run, but their signals mean nothing");
                }
            }
        );
        Pair(
            "trade.vol_scalar_min",
            "trade.vol_scalar_max",
            (low, high) => low <= high,
            grid,
            portfolio,
            (_, line, text) => problems.Error(line, $"some configurations have {text}: min must be at most max")
        );
    }

    private static void Gate(SweepAxis axis, SweepSpec spec, SweepGrid grid, SpecProblems problems)
    {
        if (axis.Gate is not { } gate)
        {
            return;
        }

        if (string.Equals(gate.Path, axis.Path, StringComparison.Ordinal))
        {
            problems.Error(axis.Line, $"{axis.Path} is its own gate");
        }
        else if (spec.Axes.FirstOrDefault(a => a.Path == gate.Path) is { } searched)
        {
            if (!searched.Values.Any(gate.IsOpenAt))
            {
                problems.Error(
                    axis.Line,
                    $"the gate of {axis.Path} never opens: {gate.Path} is searched, but not at {RangeReader.Shown(gate.Equal)}"
                );
            }
        }
        else if (grid.Frozen.Contains(axis.Path, StringComparer.Ordinal))
        {
            problems.Warn(
                axis.Line,
                $"{axis.Path} stays at its first value {RangeReader.Shown(axis.Values[0])}: {gate.Path} is not searched and the base does not have it at {RangeReader.Shown(gate.Equal)}"
            );
        }
    }

    private static void Effect(SweepAxis axis, SweepSpec spec, in Parameters portfolio, SpecProblems problems)
    {
        if (axis.Values.Count > 1 && WithoutEffect.Contains(axis.Key.Path, StringComparer.Ordinal))
        {
            problems.Warn(axis.Line, $"{axis.Path} changes no decision: its {axis.Values.Count} values give the same results");
            return;
        }

        // A switch that stays off all the time makes its keys idle. An axis with its own gate says so already.
        if (axis.Values.Count < 2 || axis.Gate is not null || axis.Key.When is not { } when || IsOnlyBesideIt(axis.Key.Path))
        {
            return;
        }

        bool searched = spec.Axes.Any(a => a.Key.Path == when.Path);
        bool on = KeyTable.Get(when.Path).Read(portfolio).Number != 0.0;
        if (!searched && on != when.Value)
        {
            problems.Warn(
                axis.Line,
                $"{axis.Path} has no effect while {when.Path} is {(on ? "true" : "false")}; search that too, or set it in the base"
            );
        }
    }

    /// <summary>Keys that the full profile searches beside a switch although they also work without it.</summary>
    private static bool IsOnlyBesideIt(string path) => path.StartsWith("trade.trailing_", StringComparison.Ordinal);

    private static void Pair(
        string first,
        string second,
        Func<double, double, bool> holds,
        SweepGrid grid,
        in Parameters portfolio,
        Action<bool, int, string> tell
    )
    {
        (int lineA, IReadOnlyList<double> a) = ValuesOf(first, grid, portfolio);
        (int lineB, IReadOnlyList<double> b) = ValuesOf(second, grid, portfolio);
        if (lineA < 0 && lineB < 0)
        {
            return;
        }

        (double A, double B)[] broken = [.. a.SelectMany(x => b.Select(y => (x, y))).Where(p => !holds(p.x, p.y))];
        if (broken.Length > 0)
        {
            string text = $"{first} {RangeReader.Shown(broken[0].A)} with {second} {RangeReader.Shown(broken[0].B)}";
            tell(broken.Length == a.Count * b.Count, Math.Max(lineA, lineB), text);
        }
    }

    private static (int Line, IReadOnlyList<double> Values) ValuesOf(string path, SweepGrid grid, in Parameters portfolio)
    {
        SweepAxis? axis = grid.Axes.FirstOrDefault(x => x.Key.Path == path && x.Symbol is null);
        return axis is null ? (-1, [KeyTable.Get(path).Read(portfolio).Number]) : (axis.Line, axis.Values);
    }
}
