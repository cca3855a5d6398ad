namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One step of staking.</summary>
/// <param name="TimeMs">Time.</param>
/// <param name="Hash">Transaction.</param>
/// <param name="Delta">What happened.</param>
public sealed record DelegationUpdate(long TimeMs, string Hash, DelegationDelta? Delta);
