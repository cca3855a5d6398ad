namespace Kedge.Golden.Command;

/// <summary>One line of a sweep's result file.</summary>
/// <param name="ConfigId">Which configuration.</param>
/// <param name="TotalPnl">What the file is sorted by.</param>
/// <param name="Json">The line.</param>
public sealed record SweepLine(string ConfigId, double TotalPnl, string Json);
