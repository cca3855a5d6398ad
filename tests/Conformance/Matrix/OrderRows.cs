using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>C-1xx: orders of each type, from placing to the end.</summary>
internal static partial class OrderRows
{
    private const VenueCapabilities Rests = VenueCapabilities.RestingOrders;

    public static IEnumerable<ConformanceRow> All =>
        Executed
            .Select(row => row with { World = row.World | WorldTraits.Executes })
            .Append(
                new(
                    "C-140",
                    "Written down, not sent",
                    "Every command that changes something ends as not sent; nothing happens.",
                    VenueCapabilities.None,
                    WorldTraits.WritesDown,
                    Dry
                )
            );

    private static IEnumerable<ConformanceRow> Executed { get; } =
    [
        new(
            "C-100",
            "Immediate order that crosses",
            "Acknowledged as filled; its fills come once and add up to its size.",
            VenueCapabilities.None,
            WorldTraits.Fills,
            Market
        ),
        new(
            "C-101",
            "Immediate order that cannot match",
            "Refused as no match; nothing is filled.",
            VenueCapabilities.None,
            WorldTraits.Fills,
            IocMiss
        ),
        new("C-102", "Limit order", "It rests, and is filled when the market comes to it.", Rests, WorldTraits.Fills, Limit),
        new("C-103", "Post-only order", "It rests; one that would match is refused.", Rests, WorldTraits.Rules, PostOnly),
        new(
            "C-104",
            "Partial fill",
            "What is filled is told; the rest stays open, and ends as cancelled when cancelled.",
            Rests,
            WorldTraits.Truth,
            Partial
        ),
        new("C-105", "Cancel", "A resting order ends as cancelled.", Rests, WorldTraits.None, Cancel),
        new(
            "C-106",
            "Cancel of an order that has ended",
            "Refused as not live; the order keeps its end.",
            Rests,
            WorldTraits.Rules,
            CancelAgain
        ),
        new(
            "C-107",
            "Cancel of nothing",
            "Ends in an outcome; nothing else happens.",
            VenueCapabilities.None,
            WorldTraits.None,
            CancelNothing
        ),
        new(
            "C-108",
            "Modify",
            "The old order ends as cancelled; the new one rests under its own id.",
            VenueCapabilities.Modify,
            WorldTraits.None,
            Modify
        ),
        new(
            "C-109",
            "Modify of an order that has ended",
            "The replacement is refused and never exists.",
            VenueCapabilities.Modify,
            WorldTraits.None,
            ModifyEnded
        ),
        new("C-110", "Batch", "Each order of a placement has its own outcome.", Rests, WorldTraits.None, Batch),
        new(
            "C-111",
            "Reduce-only",
            "It shrinks the position and never turns it.",
            VenueCapabilities.None,
            WorldTraits.Fills,
            ReduceOnly
        ),
        new(
            "C-112",
            "Reduce-only without a position",
            "Refused as such.",
            VenueCapabilities.None,
            WorldTraits.Rules,
            ReduceNothing
        ),
        new(
            "C-113",
            "Stop",
            "Waits, fires on the mark, closes the position.",
            VenueCapabilities.Triggers,
            WorldTraits.Fills,
            Stop
        ),
        new(
            "C-114",
            "Take profit",
            "Waits, fires on the mark, closes the position.",
            VenueCapabilities.Triggers,
            WorldTraits.Fills,
            TakeProfit
        ),
        new(
            "C-115",
            "Bracket",
            "Both children live with the parent; when one fills the other ends as cancelled.",
            VenueCapabilities.Brackets,
            WorldTraits.Fills,
            Bracket
        ),
        new(
            "C-116",
            "Dead man's switch",
            "At its moment all orders end as cancelled.",
            VenueCapabilities.ScheduledCancel,
            WorldTraits.VirtualTime,
            Schedule
        ),
        new("C-117", "Query of an order", "Tells where it stands.", Rests, WorldTraits.None, Query),
        new(
            "C-118",
            "Query of an order that never was",
            "Not found, and that alone proves nothing.",
            VenueCapabilities.Sends,
            WorldTraits.None,
            QueryNothing
        ),
        new(
            "C-120",
            "Reject: size too fine",
            "Refused: lot grid.",
            VenueCapabilities.None,
            WorldTraits.Rules,
            desk => Refuse(desk, one => one with { Size = 0.0000001m }, RejectCode.LotGrid)
        ),
        new(
            "C-121",
            "Reject: price too fine",
            "Refused: price grid.",
            Rests,
            WorldTraits.Rules,
            desk => Refuse(desk, one => one with { LimitPrice = 50_000.123m }, RejectCode.PriceGrid)
        ),
        new(
            "C-122",
            "Reject: too small",
            "Refused: smallest notional.",
            VenueCapabilities.None,
            WorldTraits.Rules,
            desk => Refuse(desk, one => one with { Size = 0.0001m }, RejectCode.MinNotional)
        ),
        new(
            "C-123",
            "Reject: no margin",
            "Refused: margin.",
            VenueCapabilities.None,
            WorldTraits.Rules,
            desk =>
                Refuse(
                    desk,
                    one => one with { Size = 100m, LimitPrice = 63_000m, TimeInForce = TimeInForce.Ioc },
                    RejectCode.Margin
                )
        ),
        new(
            "C-124",
            "Reject: too far away",
            "Refused: price band.",
            Rests | VenueCapabilities.Sends,
            WorldTraits.Rules,
            desk => Refuse(desk, one => one with { LimitPrice = 5_000m, Size = 0.01m }, RejectCode.PriceBand)
        ),
        new(
            "C-125",
            "Reject: unknown symbol",
            "Refused: unknown symbol.",
            VenueCapabilities.None,
            WorldTraits.None,
            desk => Refuse(desk, one => one with { Symbol = "NOBODY" }, RejectCode.UnknownSymbol)
        ),
        new(
            "C-126",
            "Reject: impossible trigger",
            "Refused: bad trigger.",
            VenueCapabilities.Triggers,
            WorldTraits.Rules,
            desk =>
                Refuse(
                    desk,
                    one => one with { Trigger = TriggerKind.StopLoss, TriggerPrice = 50_000m, TriggerIsMarket = true },
                    RejectCode.BadTrigger
                )
        ),
        new(
            "C-119",
            "Immediate order for more than there is",
            "The part that matched is filled, the rest ends as cancelled.",
            Rests,
            WorldTraits.Truth,
            TooMuch
        ),
        new(
            "C-130",
            "Books and position",
            "After a round trip ledger, venue and position report agree.",
            VenueCapabilities.None,
            WorldTraits.Fills,
            RoundTrip
        ),
        new(
            "C-131",
            "Fees",
            "Every fill carries its fee, and a taker's is above zero.",
            VenueCapabilities.None,
            WorldTraits.Fills,
            Fees
        ),
    ];
}
