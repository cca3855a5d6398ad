namespace Kedge.Exchange.Core.Engine;

/// <summary>What became of an order that was executed.</summary>
internal readonly record struct Outcome(long OrderId, OrderStatus Status, long FilledLots, long FilledNotional);
