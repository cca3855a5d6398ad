namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What an account has in one vault.</summary>
/// <param name="Vault">Address of the vault.</param>
/// <param name="EquityUsd">USD.</param>
/// <param name="LockedUntilMs">Until when it is locked, if told.</param>
public sealed record VaultEquity(string Vault, decimal EquityUsd, long? LockedUntilMs);
