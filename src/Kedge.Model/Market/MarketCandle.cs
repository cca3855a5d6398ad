using Kedge.Model.Venues;

namespace Kedge.Model.Market;

/// <summary>A closed candle on its way to whoever decides.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Interval">Length.</param>
/// <param name="Bar">The bar; it is over.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="IsLate">Of a revision: the bar was never told before, since others after it could not wait for it.</param>
public readonly record struct MarketCandle(string Symbol, Interval Interval, VenueCandle Bar, HubSource Source, bool IsLate)
{
    /// <summary>Close time: open + interval, UTC epoch milliseconds.</summary>
    public long KeyMs => Bar.OpenMs + Interval.Ms;
}
