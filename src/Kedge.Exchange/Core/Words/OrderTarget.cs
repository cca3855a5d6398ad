namespace Kedge.Exchange.Core;

/// <summary>Names one live order, by order id or, when that is 0, by client order id.</summary>
/// <param name="OrderId">The venue's id; 0 to go by <paramref name="Cloid"/>.</param>
/// <param name="Cloid">Client order id.</param>
public readonly record struct OrderTarget(long OrderId, UInt128 Cloid = default);
