namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A fill that was part of a liquidation.</summary>
/// <param name="LiquidatedUser">Whose, if told.</param>
/// <param name="MarkPrice">Mark price then.</param>
/// <param name="Method"><c>market</c> or <c>backstop</c>.</param>
public sealed record FillLiquidation(string? LiquidatedUser, decimal MarkPrice, string Method);
