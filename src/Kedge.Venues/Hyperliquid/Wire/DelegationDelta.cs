namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What one step of staking did.</summary>
/// <param name="Kind">The venue's word: <c>delegate</c>, <c>cDeposit</c>, <c>withdrawal</c> …</param>
/// <param name="Amount">Tokens, if told.</param>
/// <param name="Validator">To or from whom, if told.</param>
/// <param name="IsUndelegate">Taken back.</param>
public sealed record DelegationDelta(string Kind, decimal? Amount, string? Validator, bool IsUndelegate);
