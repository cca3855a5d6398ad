namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>One line of the gateway's log.</summary>
/// <param name="TimeMs">The venue's moment, UTC epoch milliseconds.</param>
/// <param name="Code">Short stable word for what it is, for example <c>malformed</c>, <c>signer</c>, <c>fault.fill_lost</c>.</param>
/// <param name="Subject">Whom it concerns: a caller, an address, an order id.</param>
/// <param name="Detail">For people.</param>
public sealed record GatewayLogEntry(long TimeMs, string Code, string Subject, string Detail);
