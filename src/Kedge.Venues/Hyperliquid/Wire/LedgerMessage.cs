namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Own deposits, withdrawals, transfers, liquidations.</summary>
/// <param name="User">Whose.</param>
/// <param name="IsSnapshot">Whether these replace what was known.</param>
/// <param name="Updates">The updates.</param>
public sealed record LedgerMessage(string User, bool IsSnapshot, IReadOnlyList<LedgerUpdate> Updates) : StreamMessage;
