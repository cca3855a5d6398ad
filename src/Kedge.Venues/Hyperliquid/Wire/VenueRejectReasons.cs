namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Turns the venue's words of refusal into codes. Clients see suffixes such as <c> asset=3</c>, so only the beginning counts.</summary>
public static class VenueRejectReasons
{
    private static readonly (string Prefix, VenueRejectReason Reason)[] Known =
    [
        ("Price must be divisible by tick size", VenueRejectReason.Tick),
        ("Order must have minimum value of", VenueRejectReason.MinNotional),
        ("Insufficient margin to place order", VenueRejectReason.Margin),
        ("Reduce only order would increase position", VenueRejectReason.ReduceOnly),
        ("Post only order would have immediately matched", VenueRejectReason.PostOnlyWouldMatch),
        ("Order could not immediately match against any resting orders", VenueRejectReason.NoMatch),
        ("Invalid TP/SL price", VenueRejectReason.BadTrigger),
        ("No liquidity available for market order", VenueRejectReason.NoLiquidity),
        ("Order would increase open interest while open interest is capped", VenueRejectReason.OpenInterestCap),
        (
            "Order rejected due to price more aggressive than oracle while at open interest cap",
            VenueRejectReason.TooAggressiveAtOpenInterestCap
        ),
        ("Order would increase open interest too quickly", VenueRejectReason.OpenInterestTooQuick),
        ("Order has insufficient spot balance to trade", VenueRejectReason.SpotBalance),
        ("Insufficient spot balance", VenueRejectReason.SpotBalance),
        ("Order price too far from oracle", VenueRejectReason.FarFromOracle),
        ("Order would cause position to exceed margin tier limit at current leverage", VenueRejectReason.MarginTier),
        ("Order was never placed, already canceled, or filled", VenueRejectReason.NotCancelable),
        ("User or API Wallet ", VenueRejectReason.UnknownSigner),
        ("Order has invalid size", VenueRejectReason.BadSize),
        ("Order has zero size", VenueRejectReason.BadSize),
        ("Order price cannot be more than 80% away from the reference price", VenueRejectReason.FarFromReference),
        ("Too many cumulative requests sent", VenueRejectReason.RateLimited),
        ("Builder fee has not been approved", VenueRejectReason.BuilderFee),
        ("TWAP order value too small", VenueRejectReason.TwapTooSmall),
    ];

    /// <summary>The code of a refusal.</summary>
    public static VenueRejectReason Parse(string text)
    {
        foreach ((string prefix, VenueRejectReason reason) in Known)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return reason;
            }
        }

        return VenueRejectReason.Other;
    }
}
