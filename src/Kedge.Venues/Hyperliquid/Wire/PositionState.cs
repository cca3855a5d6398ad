namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One open position.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="Size">Base units, negative for a short.</param>
/// <param name="EntryPrice">Average entry.</param>
/// <param name="PositionValue">Notional, USD.</param>
/// <param name="UnrealizedPnl">Open result, USD.</param>
/// <param name="LiquidationPrice">If there is one.</param>
/// <param name="MarginUsed">USD.</param>
/// <param name="IsCross">Cross or isolated margin.</param>
/// <param name="Leverage">Chosen leverage.</param>
/// <param name="IsolatedRawUsd">Cash set aside, isolated only.</param>
/// <param name="FundingSinceOpen">Funding paid since it was opened, USD, if told.</param>
public sealed record PositionState(
    string Coin,
    decimal Size,
    decimal? EntryPrice,
    decimal PositionValue,
    decimal UnrealizedPnl,
    decimal? LiquidationPrice,
    decimal MarginUsed,
    bool IsCross,
    int Leverage,
    decimal? IsolatedRawUsd,
    decimal? FundingSinceOpen
);
