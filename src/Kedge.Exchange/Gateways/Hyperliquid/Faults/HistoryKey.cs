namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>A record of an account's history, as bytes of the wire tell it apart from others.</summary>
/// <param name="TimeMs">When it happened, by the venue's clock, UTC epoch milliseconds.</param>
/// <param name="Id">The trade and order of a fill; symbol and kind of other records.</param>
internal readonly record struct HistoryKey(long TimeMs, string Id);
