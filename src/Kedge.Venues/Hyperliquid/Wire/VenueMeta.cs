namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The perpetuals of a venue.</summary>
/// <param name="Assets">In the order of their asset ids.</param>
/// <param name="MarginTables">Tables by id; empty in old answers.</param>
/// <param name="CollateralToken">Token of the margin.</param>
public sealed record VenueMeta(IReadOnlyList<AssetMeta> Assets, IReadOnlyList<MarginTable> MarginTables, int? CollateralToken);
