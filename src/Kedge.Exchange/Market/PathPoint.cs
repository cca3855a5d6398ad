namespace Kedge.Exchange.Market;

/// <summary>One moment of a price path.</summary>
/// <param name="TimeMs">UTC epoch milliseconds, inside the bar.</param>
/// <param name="Price">Ticks.</param>
/// <param name="Volume">Lots traded at that moment; 0 for none.</param>
public readonly record struct PathPoint(long TimeMs, long Price, long Volume);
