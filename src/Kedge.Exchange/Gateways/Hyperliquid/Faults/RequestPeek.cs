namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What faults need to know of a request.</summary>
/// <param name="Type">Type of the action or query; empty when it has none.</param>
/// <param name="Names">What names it in a log: its nonce, the client order ids in it.</param>
internal readonly record struct RequestPeek(string Type, string Names);
