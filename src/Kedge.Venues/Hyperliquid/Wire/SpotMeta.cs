namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Spot markets and their tokens.</summary>
/// <param name="Pairs">Markets.</param>
/// <param name="Tokens">Tokens.</param>
public sealed record SpotMeta(IReadOnlyList<SpotPair> Pairs, IReadOnlyList<SpotToken> Tokens);
