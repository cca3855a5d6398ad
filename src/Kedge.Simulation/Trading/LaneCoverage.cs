using Kedge.Model.Ledger;

namespace Kedge.Simulation.Trading;

/// <summary>Which fault met an order in which state: the table that says what a soak has really tried.</summary>
internal sealed class LaneCoverage(LedgerMirror mirror, LaneReport report)
{
    /// <summary>The state of a lane that has no order under way.</summary>
    public const string Idle = "idle";

    /// <summary>Prefix of its lines among the counts of a report.</summary>
    public const string Prefix = "met ";

    /// <summary>States an order under way can be in.</summary>
    public static IReadOnlyList<string> States { get; } =
    [
        Idle,
        nameof(IntentStatus.New),
        nameof(IntentStatus.Submitting),
        nameof(IntentStatus.Sent),
        nameof(IntentStatus.Partial),
        nameof(IntentStatus.Unknown),
    ];

    /// <summary>A fault strikes now.</summary>
    public void Struck(string fault)
    {
        bool any = false;
        foreach (IntentStatus status in mirror.Open.Select(i => i.Status).Distinct())
        {
            any = true;
            report.Count(CoverageTable.Cell(fault, status.ToString()));
        }

        if (!any)
        {
            report.Count(CoverageTable.Cell(fault, Idle));
        }
    }
}
