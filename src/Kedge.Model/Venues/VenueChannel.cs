namespace Kedge.Model.Venues;

/// <summary>A stream of a venue.</summary>
public enum VenueChannel
{
    /// <summary>Mid prices of all symbols.</summary>
    Mids,

    /// <summary>Best bid and offer of one symbol.</summary>
    Quote,

    /// <summary>Candles of one symbol and interval.</summary>
    Candle,

    /// <summary>Own fills.</summary>
    Fills,

    /// <summary>Own orders.</summary>
    Orders,

    /// <summary>Own funding payments.</summary>
    Funding,

    /// <summary>Own transfers.</summary>
    Ledger,
}
