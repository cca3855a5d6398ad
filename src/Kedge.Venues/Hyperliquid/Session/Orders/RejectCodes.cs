using Kedge.Model.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>The venue's reasons in words that are the same at every venue.</summary>
internal static class RejectCodes
{
    /// <summary>The code of a refusal; the text decides where the venue's reason is none of the documented ones.</summary>
    public static RejectCode Of(VenueRejectReason reason, string? text) =>
        reason switch
        {
            VenueRejectReason.Tick => RejectCode.PriceGrid,
            VenueRejectReason.MinNotional => RejectCode.MinNotional,
            VenueRejectReason.Margin or VenueRejectReason.SpotBalance => RejectCode.Margin,
            VenueRejectReason.ReduceOnly => RejectCode.ReduceOnly,
            VenueRejectReason.PostOnlyWouldMatch => RejectCode.PostOnlyWouldMatch,
            VenueRejectReason.NoMatch or VenueRejectReason.NoLiquidity => RejectCode.NoMatch,
            VenueRejectReason.BadTrigger => RejectCode.BadTrigger,
            VenueRejectReason.OpenInterestCap
            or VenueRejectReason.TooAggressiveAtOpenInterestCap
            or VenueRejectReason.OpenInterestTooQuick => RejectCode.OpenInterestCap,
            VenueRejectReason.FarFromOracle or VenueRejectReason.FarFromReference => RejectCode.PriceBand,
            VenueRejectReason.MarginTier => RejectCode.LeverageTier,
            VenueRejectReason.NotCancelable => RejectCode.NotLive,
            VenueRejectReason.UnknownSigner => RejectCode.Signer,
            VenueRejectReason.BadSize => RejectCode.LotGrid,
            VenueRejectReason.RateLimited => RejectCode.RateLimited,
            _ => OfText(text ?? string.Empty),
        };

    /// <summary>
    /// Whether a refusal leaves it open if the order exists: a nonce or an id that was used already may have been used by this very request, sent
    /// twice by something between us and the venue.
    /// </summary>
    public static bool MayBeRepetition(RejectCode code, string? text) =>
        code == RejectCode.DuplicateId
        || (code == RejectCode.Nonce && HasAny(text ?? string.Empty, "duplicate", "already", "used"));

    /// <summary>The code of a status of an order that ends in <c>Rejected</c>; null when the status is another.</summary>
    public static RejectCode? Of(VenueOrderStatus status) =>
        status switch
        {
            VenueOrderStatus.Rejected => RejectCode.Other,
            VenueOrderStatus.TickRejected => RejectCode.PriceGrid,
            VenueOrderStatus.MinTradeNtlRejected => RejectCode.MinNotional,
            VenueOrderStatus.PerpMarginRejected or VenueOrderStatus.InsufficientSpotBalanceRejected => RejectCode.Margin,
            VenueOrderStatus.ReduceOnlyRejected => RejectCode.ReduceOnly,
            VenueOrderStatus.BadAloPxRejected => RejectCode.PostOnlyWouldMatch,
            VenueOrderStatus.IocCancelRejected or VenueOrderStatus.MarketOrderNoLiquidityRejected => RejectCode.NoMatch,
            VenueOrderStatus.BadTriggerPxRejected => RejectCode.BadTrigger,
            VenueOrderStatus.PositionIncreaseAtOpenInterestCapRejected
            or VenueOrderStatus.PositionFlipAtOpenInterestCapRejected
            or VenueOrderStatus.TooAggressiveAtOpenInterestCapRejected
            or VenueOrderStatus.OpenInterestIncreaseRejected => RejectCode.OpenInterestCap,
            VenueOrderStatus.OracleRejected => RejectCode.PriceBand,
            VenueOrderStatus.PerpMaxPositionRejected => RejectCode.LeverageTier,
            VenueOrderStatus.TooManyOpenOrdersRejected => RejectCode.TooManyOrders,
            _ => null,
        };

    private static RejectCode OfText(string text) =>
        HasAny(text, "nonce") ? RejectCode.Nonce
        : HasAny(text, "expire") ? RejectCode.Expired
        : HasAny(text, "cloid", "client order id") ? RejectCode.DuplicateId
        : HasAny(text, "too many open orders", "open order limit") ? RejectCode.TooManyOrders
        : HasAny(text, "too many") ? RejectCode.RateLimited
        : HasAny(text, "cannot modify", "never placed") ? RejectCode.NotLive
        : HasAny(text, "delisted", "halted", "unknown asset", "invalid asset") ? RejectCode.UnknownSymbol
        : HasAny(text, "must deposit", "signature", "does not exist") ? RejectCode.Signer
        : RejectCode.Other;

    private static bool HasAny(string text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
