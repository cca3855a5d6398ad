namespace Kedge.Exchange.Market;

/// <summary>What the market of one symbol does, bar by bar.</summary>
/// <param name="Symbol">Index of the instrument.</param>
/// <param name="Bars">Consistent bars of one length of at least a minute that a client can ask for, oldest first, none overlapping.</param>
/// <param name="Trades">Number of trades of each bar; empty when it is not known.</param>
/// <param name="Seed">Seed of the paths inside the bars.</param>
public sealed record MarketSeries(int Symbol, IReadOnlyList<MarketBar> Bars, IReadOnlyList<int> Trades, ulong Seed);
