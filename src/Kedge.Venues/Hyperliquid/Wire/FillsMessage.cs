namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Own fills.</summary>
/// <param name="User">Whose.</param>
/// <param name="IsSnapshot">Whether these replace what was known.</param>
/// <param name="Fills">The fills.</param>
public sealed record FillsMessage(string User, bool IsSnapshot, IReadOnlyList<UserFill> Fills) : StreamMessage;
