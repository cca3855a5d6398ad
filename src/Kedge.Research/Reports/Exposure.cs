namespace Kedge.Research.Reports;

/// <summary>How much was at risk, weighted by time over the traded window. A tick's state holds until the next tick.</summary>
/// <param name="TimeInMarket">Share of the time with at least one position.</param>
/// <param name="Average">Mean of Σ |notional| ÷ equity.</param>
/// <param name="Maximum">Highest Σ |notional| ÷ equity at a tick.</param>
/// <param name="AveragePositions">Mean number of positions.</param>
/// <param name="MaximumPositions">Most positions at a tick.</param>
/// <param name="AverageEquity">Mean equity, quote currency.</param>
/// <param name="MaximumMarginUse">Highest Σ margin ÷ equity at a tick.</param>
public sealed record Exposure(
    double TimeInMarket,
    double Average,
    double Maximum,
    double AveragePositions,
    int MaximumPositions,
    double AverageEquity,
    double MaximumMarginUse
);
