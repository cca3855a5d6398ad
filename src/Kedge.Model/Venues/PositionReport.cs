namespace Kedge.Model.Venues;

/// <summary>One open position as the venue has it.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Size">Signed base units.</param>
/// <param name="EntryPrice">Average entry.</param>
/// <param name="NotionalUsd">At the mark.</param>
/// <param name="UnrealizedPnl">USD.</param>
/// <param name="MarginUsed">USD.</param>
/// <param name="Leverage">Setting.</param>
/// <param name="IsCross">Cross or isolated margin.</param>
/// <param name="LiquidationPrice">If there is one.</param>
public sealed record PositionReport(
    string Symbol,
    decimal Size,
    decimal EntryPrice,
    decimal NotionalUsd,
    decimal UnrealizedPnl,
    decimal MarginUsed,
    int Leverage,
    bool IsCross,
    decimal? LiquidationPrice
);
