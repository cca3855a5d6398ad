using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>One closed bar on its way to the store.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Interval">Length.</param>
/// <param name="Bar">The bar.</param>
public readonly record struct BarToStore(string Symbol, Interval Interval, VenueCandle Bar);
