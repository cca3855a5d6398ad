namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A candle changed.</summary>
/// <param name="Candle">As it is now.</param>
public sealed record CandleMessage(VenueCandle Candle) : StreamMessage;
