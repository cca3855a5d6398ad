namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>An API wallet that may sign for an account.</summary>
/// <param name="Name">Its name; empty for the unnamed one.</param>
/// <param name="Address">Its address.</param>
/// <param name="ValidUntilMs">When it ends.</param>
public sealed record ApiWallet(string Name, string Address, long ValidUntilMs);
