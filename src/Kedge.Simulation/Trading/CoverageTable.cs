using System.Globalization;
using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Ledger;

namespace Kedge.Simulation.Trading;

/// <summary>How often each fault met an order in each state.</summary>
public static class CoverageTable
{
    private const string Prefix = LaneCoverage.Prefix;

    /// <summary>Times that each cell which is asked for is met in <see cref="SoakSeeds"/> seeds, at least.</summary>
    public const int LeastOfSoak = 20;

    /// <summary>Seeds that are enough for it, each tenth of them a hot one.</summary>
    public const int SoakSeeds = 1_000;

    /// <summary>Faults that strike a lane: one row each.</summary>
    public static IReadOnlyList<string> Faults { get; } =
    [
        .. LaneFaults
            .Hot.PerDay.Keys.Select(f => f.ToString())
            .Concat(LaneFaults.Hot.Shares.Keys.Select(f => f.ToString()))
            .Concat([LaneFaultNames.ThinBook, LaneFaultNames.CancelCrossed])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>States of an order under way: one column each.</summary>
    public static IReadOnlyList<string> States => LaneCoverage.States;

    /// <summary>Cells that cannot be met, or only by chance, and why.</summary>
    public static IReadOnlyList<CoverageGap> Gaps { get; } =
    [
        new(
            LaneFaultNames.ThinBook,
            [LaneCoverage.Idle],
            "the order that finds the book thin is under way itself, but for an exit that the ledger could not take"
        ),
        new(nameof(LaneFault.OperatorCancel), [LaneCoverage.Idle], "the order that is cancelled is under way itself"),
        new(
            nameof(FaultKind.OrderNotFound),
            [nameof(IntentStatus.New)],
            "an order that has landed is asked about for some seconds, and seldom in those in which another waits for its leverage: one or two in 1,000 seeds"
        ),
    ];

    /// <summary>Cells that are asked for, and were met less often than wanted, with the count of each.</summary>
    /// <param name="counts">Counts of runs.</param>
    /// <param name="least">How often is wanted.</param>
    public static IReadOnlyList<string> Short(IReadOnlyDictionary<string, long> counts, long least) =>
        [
            .. Faults
                .SelectMany(f => States.Select(s => (Fault: f, State: s)))
                .Where(c => !Gaps.Any(g => g.Fault == c.Fault && g.States.Contains(c.State, StringComparer.Ordinal)))
                .Select(c => (Cell: $"{c.Fault} {c.State}", Count: counts.GetValueOrDefault(Cell(c.Fault, c.State))))
                .Where(c => c.Count < least)
                .Select(c => $"{c.Cell} {c.Count.ToString(CultureInfo.InvariantCulture)}"),
        ];

    /// <summary>The name under which runs count a cell.</summary>
    public static string Cell(string fault, string state) => $"{Prefix}{fault} {state}";

    /// <summary>Cells that are asked for.</summary>
    public static int Reachable => (Faults.Count * States.Count) - Gaps.Sum(g => g.States.Count);

    /// <summary>One line a fault, one column a state; the cells come from the counts of runs.</summary>
    public static string Of(IReadOnlyDictionary<string, long> counts)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"fault met", -22}");
        foreach (string state in States)
        {
            text.Append(CultureInfo.InvariantCulture, $"{state, 12}");
        }

        foreach (string fault in Faults.Where(f => States.Any(s => counts.ContainsKey(Cell(f, s)))))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{fault, -22}");
            foreach (string state in States)
            {
                text.Append(CultureInfo.InvariantCulture, $"{counts.GetValueOrDefault(Cell(fault, state)), 12}");
            }
        }

        return text.ToString();
    }

    /// <summary>Whether a count is a cell of the table.</summary>
    public static bool IsCell(string what) => what.StartsWith(Prefix, StringComparison.Ordinal);
}
