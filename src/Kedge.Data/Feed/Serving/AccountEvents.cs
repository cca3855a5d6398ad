using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>The account's events as displays see them.</summary>
internal static class AccountEvents
{
    /// <summary>An event as displays see it; null when it does not concern them.</summary>
    internal static FeedAccountEvent? From(VenueEvent told, long sequence) =>
        told switch
        {
            VenueEvent.Filled { Fill: var f } => new FeedAccountEvent(
                FeedAccountKind.Filled,
                f.Symbol,
                f.IsBuy,
                f.Price,
                f.Size,
                f.ClosedPnl,
                f.Fee,
                f.VenueOrderId,
                f.IsLiquidation ? "liquidated" : "filled",
                f.TimeMs,
                sequence,
                AgeMs: 0
            ),
            VenueEvent.FundingPaid { Payment: var p } => new FeedAccountEvent(
                FeedAccountKind.FundingPaid,
                p.Symbol,
                IsBuy: false,
                Price: 0m,
                p.Size,
                p.Usd,
                FeeUsd: 0m,
                OrderId: 0,
                "funding",
                p.TimeMs,
                sequence,
                AgeMs: 0
            ),
            VenueEvent.Transferred { Transfer: var t } => new FeedAccountEvent(
                FeedAccountKind.Transferred,
                "",
                IsBuy: false,
                Price: 0m,
                Size: 0m,
                t.Usd ?? 0m,
                FeeUsd: 0m,
                OrderId: 0,
                t.Kind,
                t.TimeMs,
                sequence,
                AgeMs: 0
            ),
            VenueEvent.OrderChanged { Order: var o } => new FeedAccountEvent(
                FeedAccountKind.OrderChanged,
                o.Symbol,
                o.IsBuy,
                o.LimitPrice,
                o.RemainingSize,
                AmountUsd: 0m,
                FeeUsd: 0m,
                o.VenueId,
                o.Status,
                o.TimeMs,
                sequence,
                AgeMs: 0
            ),
            _ => null,
        };
}
