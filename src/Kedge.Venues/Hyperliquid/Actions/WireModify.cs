namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>One replacement.</summary>
/// <param name="Old">The order to replace.</param>
/// <param name="Order">What replaces it.</param>
internal readonly record struct WireModify(WireOrderRef Old, WireOrder Order);
