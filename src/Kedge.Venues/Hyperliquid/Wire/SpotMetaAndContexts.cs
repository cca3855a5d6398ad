namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Spot markets with their prices.</summary>
/// <param name="Meta">Markets and tokens.</param>
/// <param name="Contexts">Prices; each names its market.</param>
public sealed record SpotMetaAndContexts(SpotMeta Meta, IReadOnlyList<SpotContext> Contexts);
