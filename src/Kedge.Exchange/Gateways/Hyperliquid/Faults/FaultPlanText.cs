namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What came of reading a plan.</summary>
/// <param name="Plan">The plan; null when something is wrong.</param>
/// <param name="Problems">What is wrong, each with its line; empty when nothing is.</param>
public sealed record FaultPlanText(ExchangeFaultPlan? Plan, IReadOnlyList<string> Problems);
