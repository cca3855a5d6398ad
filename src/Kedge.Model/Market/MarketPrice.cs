namespace Kedge.Model.Market;

/// <summary>A price update on its way to whoever decides.</summary>
/// <param name="Symbol">Place of the symbol in <see cref="IMarketHub.Symbols"/>.</param>
/// <param name="Name">Symbol as the venue spells it.</param>
/// <param name="Mid">Price, above zero.</param>
/// <param name="Bid">Best bid; 0 when not known, or too old.</param>
/// <param name="Ask">Best offer; 0 when not known, or too old.</param>
/// <param name="QuoteAgeMs">Milliseconds since bid and ask were known to hold, which may be longer than since the mid was; 0 without them.</param>
/// <param name="TimeMs">The moment it is of, UTC epoch milliseconds.</param>
/// <param name="AgeMs">Milliseconds since it was known to hold: whoever keeps it adds the time that passes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Source">Where it came from.</param>
public readonly record struct MarketPrice(
    int Symbol,
    string Name,
    double Mid,
    double Bid,
    double Ask,
    long QuoteAgeMs,
    long TimeMs,
    long AgeMs,
    PriceKind Kind,
    HubSource Source
);
