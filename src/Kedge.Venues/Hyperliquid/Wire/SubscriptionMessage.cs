namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A subscription was taken or ended.</summary>
/// <param name="IsSubscribe">Taken or ended.</param>
/// <param name="Type">Its channel.</param>
/// <param name="Coin">Its symbol, if any.</param>
/// <param name="Interval">Its interval, if any.</param>
/// <param name="User">Its user, if any.</param>
/// <param name="Dex">Its exchange, if any.</param>
public sealed record SubscriptionMessage(bool IsSubscribe, string Type, string? Coin, string? Interval, string? User, string? Dex)
    : StreamMessage;
