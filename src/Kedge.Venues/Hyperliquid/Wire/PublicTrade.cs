namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One public trade.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="IsBuy">Whether the taker bought.</param>
/// <param name="Price">Price.</param>
/// <param name="Size">Base units.</param>
/// <param name="TimeMs">Time.</param>
/// <param name="Hash">Transaction.</param>
/// <param name="TradeId">Its id.</param>
public sealed record PublicTrade(string Coin, bool IsBuy, double Price, double Size, long TimeMs, string Hash, long TradeId);
