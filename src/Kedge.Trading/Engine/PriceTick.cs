namespace Kedge.Trading.Engine;

/// <summary>One price update of one symbol.</summary>
/// <param name="Symbol">Rank of the symbol, see <see cref="TradingEngine.RankOf"/>.</param>
/// <param name="Mid">Mid price.</param>
/// <param name="Bid">Best bid; 0 when unknown.</param>
/// <param name="Ask">Best offer; 0 when unknown.</param>
/// <param name="TimeMs">When it was made, UTC epoch milliseconds; when it was received where no venue says.</param>
/// <param name="ReceivedMs">When it was received, monotonic clock.</param>
public readonly record struct PriceTick(int Symbol, double Mid, double Bid, double Ask, long TimeMs, long ReceivedMs);
