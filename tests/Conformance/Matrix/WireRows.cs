using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>C-2xx: the connection ends at some point; what happened meanwhile is caught up. C-3xx: a submit has no answer.</summary>
internal static partial class WireRows
{
    private const WorldTraits Wire = WorldTraits.WireFaults | WorldTraits.Connection;
    private const WorldTraits Whole = Wire | WorldTraits.Truth | WorldTraits.VirtualTime;
    private const VenueCapabilities Rests = VenueCapabilities.RestingOrders;

    public static IEnumerable<ConformanceRow> All { get; } =
    [
        new(
            "C-200",
            "Connection reset while idle",
            "Down is told, and up again.",
            VenueCapabilities.None,
            Wire,
            desk => Lost(desk, WireFault.Drop)
        ),
        new(
            "C-201",
            "Half-open connection",
            "Silence is noticed; down and up again.",
            VenueCapabilities.None,
            Wire | WorldTraits.VirtualTime,
            desk => Lost(desk, WireFault.HalfOpen)
        ),
        new(
            "C-202",
            "Stalled connection",
            "A silence of minutes is noticed; down and up again.",
            VenueCapabilities.None,
            Wire | WorldTraits.VirtualTime,
            desk => Lost(desk, WireFault.Stall)
        ),
        new(
            "C-203",
            "Partition",
            "Noticed; up again once it is over.",
            VenueCapabilities.None,
            Wire | WorldTraits.VirtualTime,
            desk => Lost(desk, WireFault.Partition)
        ),
        new(
            "C-204",
            "Venue restarts",
            "Down and up again; orders and fills are as they were.",
            Rests,
            Whole | WorldTraits.VenueRestart,
            VenueRestarts
        ),
        new(
            "C-205",
            "Reset before the submit",
            "One outcome; books agree.",
            Rests,
            Wire | WorldTraits.Truth,
            desk => LostAround(desk, -1)
        ),
        new(
            "C-206",
            "Reset right after the submit",
            "One outcome; books agree.",
            Rests,
            Wire | WorldTraits.Truth,
            desk => LostAround(desk, 0)
        ),
        new(
            "C-207",
            "Reset while the submit is under way",
            "One outcome; books agree.",
            Rests,
            Wire | WorldTraits.Truth,
            desk => LostAround(desk, 10)
        ),
        new(
            "C-208",
            "Reset while the answer is under way",
            "One outcome; books agree.",
            Rests,
            Wire | WorldTraits.Truth,
            desk => LostAround(desk, 35)
        ),
        new(
            "C-209",
            "Reset while fills are under way",
            "Every fill once; books agree.",
            Rests,
            Wire | WorldTraits.Truth,
            desk => LostAround(desk, 60)
        ),
        new("C-210", "Reset while it connects", "Up in the end.", VenueCapabilities.None, Whole, LostWhileConnecting),
        new("C-211", "Fills in a gap", "Delivered after it, once.", Rests, Whole, FillsInGap),
        new("C-212", "Cancel by the venue in a gap", "The order ends as cancelled after it.", Rests, Whole, CancelInGap),
        new("C-213", "Ten resets in a row", "Nothing lost, nothing twice.", Rests, Whole, ManyResets),
        new("C-214", "Stale stream", "Silence of a stream is told, and its end.", VenueCapabilities.None, Whole, Stale),
        new(
            "C-300",
            "Submit lost on its way",
            "Unknown at first; then proven absent, not before its expiry.",
            Rests,
            Whole,
            NotLanded
        ),
        new(
            "C-301",
            "Submit lost, the client sees a reset",
            "Unknown; then proven absent.",
            Rests,
            Whole,
            desk => NotLandedReset(desk)
        ),
        new(
            "C-302",
            "Submit landed, answer lost",
            "Unknown, or known by its stream; then as the venue has it.",
            Rests,
            Whole,
            desk => Landed(desk, WireFault.ResponseLost)
        ),
        new(
            "C-303",
            "Submit landed, reset instead of the answer",
            "The same.",
            Rests,
            Whole,
            desk => Landed(desk, WireFault.ResponseReset)
        ),
        new(
            "C-304",
            "Submit landed, answer late",
            "The same; the late answer changes nothing.",
            Rests,
            Whole,
            desk => Landed(desk, WireFault.ResponseDelayed)
        ),
        new(
            "C-305",
            "Submit lands late, before its expiry",
            "Never said to be absent; books agree.",
            Rests,
            Whole,
            desk => Late(desk, 6_000)
        ),
        new(
            "C-306",
            "Submit lands after its expiry",
            "The venue refuses it; proven absent.",
            Rests,
            Whole,
            desk => Late(desk, 40_000)
        ),
        new(
            "C-307",
            "Unknown submit that was filled",
            "Filled, with its fills, once.",
            VenueCapabilities.None,
            Whole,
            LandedFilled
        ),
        new(
            "C-308",
            "Cancel without an answer",
            "One outcome, unknown allowed; the order as the venue has it.",
            Rests,
            Whole,
            CancelLost
        ),
        new(
            "C-309",
            "Modify without an answer",
            "One outcome; old and new as the venue has them.",
            VenueCapabilities.Modify,
            Whole,
            ModifyLost
        ),
        new(
            "C-310",
            "Client dies with a submit under way",
            "The next life finds the order that landed and proves the other one absent.",
            Rests,
            Whole | WorldTraits.ClientRestart,
            Died
        ),
        new(
            "C-500",
            "Cursor after a restart",
            "Fills of the time between are delivered once; older ones not again.",
            Rests,
            Whole | WorldTraits.ClientRestart,
            CursorAfterRestart
        ),
        new(
            "C-501",
            "Restart without fills",
            "Nothing is delivered again.",
            VenueCapabilities.None,
            Whole | WorldTraits.ClientRestart,
            QuietRestart
        ),
        new(
            "C-502",
            "Nonces after a restart",
            "The venue takes the first action of the next life.",
            Rests,
            Whole | WorldTraits.ClientRestart,
            NonceAfterRestart
        ),
        new(
            "C-503",
            "Funding over a restart",
            "Every payment once.",
            VenueCapabilities.Funding,
            Whole | WorldTraits.ClientRestart,
            FundingOverRestart
        ),
        new(
            "C-504",
            "Account over a restart",
            "Position, balance and resting orders are as they were; a fill is told once.",
            Rests,
            WorldTraits.VirtualTime | WorldTraits.ClientRestart | WorldTraits.Executes | WorldTraits.Fills,
            AccountOverRestart
        ),
    ];
}
