using Kedge.Model;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Leverage tiers that several perpetuals share.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Description">Its name.</param>
/// <param name="Tiers">Tiers as listed.</param>
public sealed record MarginTable(int Id, string Description, IReadOnlyList<LeverageTier> Tiers);
