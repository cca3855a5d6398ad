namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Perpetuals with their prices, in one order.</summary>
/// <param name="Meta">The perpetuals.</param>
/// <param name="Contexts">One for each.</param>
public sealed record MetaAndContexts(VenueMeta Meta, IReadOnlyList<AssetContext> Contexts);
