namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The perpetuals account.</summary>
/// <param name="Margin">All of it.</param>
/// <param name="CrossMargin">What cross positions share.</param>
/// <param name="CrossMaintenanceUsed">Maintenance margin of cross positions, if told.</param>
/// <param name="Withdrawable">USD.</param>
/// <param name="Positions">Open positions.</param>
/// <param name="TimeMs">Time of the answer, if told.</param>
public sealed record AccountState(
    MarginSummary Margin,
    MarginSummary CrossMargin,
    decimal? CrossMaintenanceUsed,
    decimal Withdrawable,
    IReadOnlyList<PositionState> Positions,
    long? TimeMs
);
