namespace Kedge.Data.Checks;

/// <summary>What a check looked at and found.</summary>
/// <param name="Series">Number of series (symbol and interval) looked at.</param>
/// <param name="Bars">Number of stored rows looked at.</param>
/// <param name="Findings">Findings, by interval, symbol and kind.</param>
public sealed record CheckReport(int Series, long Bars, IReadOnlyList<CheckFinding> Findings)
{
    /// <summary>True when nothing is wrong; notes do not count.</summary>
    public bool IsGood => Findings.All(f => !f.IsWrong);
}
