namespace Kedge.Model.Venues;

/// <summary>One candle as a venue tells it.</summary>
/// <param name="OpenMs">First millisecond, UTC epoch.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Base units.</param>
/// <param name="Trades">Number of trades.</param>
public readonly record struct VenueCandle(
    long OpenMs,
    double Open,
    double High,
    double Low,
    double Close,
    double Volume,
    long Trades
);
