using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>What moves prices of a venue by itself.</summary>
/// <param name="Series">Bars of the symbols, at most one series a symbol.</param>
/// <param name="Settings">How they are played.</param>
/// <param name="StartMs">From when on, UTC epoch milliseconds; bars before it are history.</param>
public sealed record GatewayMarket(IReadOnlyList<MarketSeries> Series, MarketSettings Settings, long StartMs);
