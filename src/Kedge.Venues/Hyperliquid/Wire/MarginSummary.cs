namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Margin of an account, USD.</summary>
/// <param name="AccountValue">Value with open results.</param>
/// <param name="TotalNotional">Notional of all positions.</param>
/// <param name="TotalRawUsd">Cash, proceeds of shorts included.</param>
/// <param name="TotalMarginUsed">Margin in use.</param>
public sealed record MarginSummary(decimal AccountValue, decimal TotalNotional, decimal TotalRawUsd, decimal TotalMarginUsed);
