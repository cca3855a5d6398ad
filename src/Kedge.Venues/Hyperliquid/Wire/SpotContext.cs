namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Prices of one spot market.</summary>
/// <param name="Coin">Market as the venue spells it.</param>
/// <param name="MarkPrice">Mark price.</param>
/// <param name="MidPrice">Mid price, if there is one.</param>
/// <param name="PreviousDayPrice">Price a day ago.</param>
/// <param name="DayNotional">Traded in 24 h, quote currency.</param>
/// <param name="DayVolume">Traded in 24 h, base currency, if told.</param>
/// <param name="CirculatingSupply">Tokens in circulation, if told.</param>
public sealed record SpotContext(
    string Coin,
    double? MarkPrice,
    double? MidPrice,
    double? PreviousDayPrice,
    double? DayNotional,
    double? DayVolume,
    double? CirculatingSupply
);
