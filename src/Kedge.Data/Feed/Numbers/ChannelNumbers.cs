namespace Kedge.Data.Feed.Numbers;

/// <summary>What came on one channel.</summary>
/// <param name="Channel">candle, mid, quote, answer.</param>
/// <param name="Messages">Since start; each price is one.</param>
/// <param name="AgeMs">Since the last of them, milliseconds; null when there was none.</param>
public readonly record struct ChannelNumbers(string Channel, long Messages, long? AgeMs);
