namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One candle.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="Interval">Its length as the venue spells it.</param>
/// <param name="OpenTimeMs">First millisecond.</param>
/// <param name="CloseTimeMs">Last millisecond.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Base units.</param>
/// <param name="Trades">Number of trades.</param>
public sealed record VenueCandle(
    string Coin,
    string Interval,
    long OpenTimeMs,
    long CloseTimeMs,
    double Open,
    double High,
    double Low,
    double Close,
    double Volume,
    long Trades
);
