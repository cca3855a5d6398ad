namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What the administration of a simulated venue answers.</summary>
/// <param name="Status">HTTP status: 200; 400, 404, 405 or 413 with the reason as <c>error</c>.</param>
/// <param name="Json">UTF-8.</param>
public sealed record AdminAnswer(int Status, ReadOnlyMemory<byte> Json);
