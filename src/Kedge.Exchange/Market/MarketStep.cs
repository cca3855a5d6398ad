using Kedge.Exchange.Core;

namespace Kedge.Exchange.Market;

/// <summary>What the market does at one moment.</summary>
/// <param name="TimeMs">The moment, UTC epoch milliseconds: the core takes the commands at it, not at the later one when the host woke up.</param>
/// <param name="Commands">In order; good until the next step is asked for. May be empty.</param>
internal readonly record struct MarketStep(long TimeMs, ReadOnlyMemory<ExchangeCommand> Commands);
