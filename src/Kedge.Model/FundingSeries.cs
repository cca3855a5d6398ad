namespace Kedge.Model;

/// <summary>Funding records of one symbol, ascending by time.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="TimeMs">Times as recorded, epoch ms; they may lie some milliseconds after the boundary they belong to.</param>
/// <param name="Rate">Rate of the period ending there, a fraction of notional; positive: longs pay.</param>
public sealed record FundingSeries(string Symbol, long[] TimeMs, double[] Rate);
