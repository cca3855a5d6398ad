namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One spot market.</summary>
/// <param name="Name">Name as the venue spells it.</param>
/// <param name="TokenIds">Base and quote token.</param>
/// <param name="Index">Its number; the asset id is 10,000 more.</param>
/// <param name="IsCanonical">Whether the venue vouches for its name.</param>
public sealed record SpotPair(string Name, IReadOnlyList<int> TokenIds, int Index, bool IsCanonical);
