using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>One stream that can be subscribed.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Symbol">Of which symbol; null for streams of all symbols or of the account.</param>
/// <param name="Interval">Of which interval, for candles.</param>
internal readonly record struct SubscriptionKey(VenueChannel Channel, string? Symbol = null, string? Interval = null)
{
    /// <summary>Whether it is a stream of the account.</summary>
    public bool IsAccount => Channel is VenueChannel.Fills or VenueChannel.Orders or VenueChannel.Funding or VenueChannel.Ledger;

    /// <summary>The venue's word.</summary>
    public string Type =>
        Channel switch
        {
            VenueChannel.Mids => "allMids",
            VenueChannel.Quote => "bbo",
            VenueChannel.Candle => "candle",
            VenueChannel.Fills => "userFills",
            VenueChannel.Orders => "orderUpdates",
            VenueChannel.Funding => "userFundings",
            _ => "userNonFundingLedgerUpdates",
        };

    /// <summary>The key that the venue echoes; false when it is none of ours.</summary>
    public static bool TryMake(string type, string? symbol, string? interval, out SubscriptionKey key)
    {
        (VenueChannel channel, bool isKnown) = type switch
        {
            "allMids" => (VenueChannel.Mids, true),
            "bbo" => (VenueChannel.Quote, symbol is not null),
            "candle" => (VenueChannel.Candle, symbol is not null && interval is not null),
            "userFills" => (VenueChannel.Fills, true),
            "orderUpdates" => (VenueChannel.Orders, true),
            "userFundings" => (VenueChannel.Funding, true),
            "userNonFundingLedgerUpdates" => (VenueChannel.Ledger, true),
            _ => (default, false),
        };
        key = channel switch
        {
            VenueChannel.Quote => new SubscriptionKey(channel, symbol),
            VenueChannel.Candle => new SubscriptionKey(channel, symbol, interval),
            _ => new SubscriptionKey(channel),
        };
        return isKnown;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Symbol is null ? Type
        : Interval is null ? $"{Type}:{Symbol}"
        : $"{Type}:{Symbol}:{Interval}";
}
