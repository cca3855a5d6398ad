namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What faults need to know of a frame.</summary>
/// <param name="Channel">Its channel; empty when it has none.</param>
/// <param name="IsSnapshot">Whether it says that it is a snapshot.</param>
/// <param name="Names">What names it in a log: the trades and orders in it.</param>
/// <param name="Candle">The candle, when it is one.</param>
internal readonly record struct FramePeek(string Channel, bool IsSnapshot, string Names, CandleKey Candle);
