using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>C-2xx: the connection ends at some point; what happened meanwhile is caught up. C-3xx: a submit has no answer.</summary>
internal static class WireRows
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

    private static void Lost(Desk desk, WireFault fault)
    {
        desk.Up();
        desk.World.Break(fault, forMs: 120_000);
        desk.Wait(() => !desk.Log.IsUp, 120_000, "down");
        desk.Up(300_000);
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        desk.Agree();
    }

    private static void VenueRestarts(Desk desk)
    {
        desk.Up();
        LedgerOrder resting = desk.Place(desk.Intent(isBuy: true, 0.01m, 55_000), OrderPhase.Open);
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        desk.World.RestartVenue(5_000);
        desk.Wait(() => !desk.Log.IsUp, 120_000, "down");
        desk.Up(300_000);
        Desk.Same(OrderPhase.Open, resting.Phase, "phase of the resting order");
        desk.Cancel(resting);
        desk.Wait(() => resting.Phase == OrderPhase.Cancelled, 30_000, $"cancelled; it is {resting}");
        desk.Agree();
    }

    private static void LostAround(Desk desk, int afterMs)
    {
        desk.Up();
        if (afterMs < 0)
        {
            desk.World.Break(WireFault.Drop);
        }

        LedgerOrder filled = desk.Send(desk.Buy(0.01m));
        LedgerOrder resting = desk.Send(desk.Intent(isBuy: true, 0.01m, 55_000));
        if (afterMs > 0)
        {
            desk.Pass(afterMs);
        }

        if (afterMs >= 0)
        {
            desk.World.Break(WireFault.Drop);
        }

        desk.Wait(() => filled.Outcomes == 1 && resting.Outcomes == 1, 60_000, "outcomes");
        desk.Up(120_000);
        desk.Agree();
    }

    private static void LostWhileConnecting(Desk desk)
    {
        desk.Up();
        desk.World.Break(WireFault.Drop);
        for (int i = 0; i < 20; i++)
        {
            desk.Pass(i * 37);
            desk.World.Break(WireFault.Drop);
        }

        desk.Pass(1_000);
        desk.Up(300_000);
        desk.Agree();
    }

    private static void FillsInGap(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 59_000), OrderPhase.Open);
        desk.World.Break(WireFault.Partition, forMs: 60_000);
        desk.World.MovePrice("BTC", 58_900);
        desk.Pass(2_000);
        desk.World.MovePrice("BTC", 60_000);
        desk.Pass(60_000);
        desk.Up(300_000);
        desk.Wait(() => order.Phase == OrderPhase.Filled && order.Filled == 0.01m, 60_000, $"filled; it is {order}");
        desk.Agree();
    }

    private static void CancelInGap(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 59_000), OrderPhase.Open);
        desk.Ask<VenueEvent.ScheduleAnswered>(new VenueCommand.ScheduleCancel(desk.World.WallMs + 10_000));
        desk.World.Break(WireFault.Partition, forMs: 60_000);
        desk.Pass(60_000);
        desk.Up(300_000);
        desk.Wait(() => order.Phase == OrderPhase.Cancelled, 60_000, $"cancelled; it is {order}");
        desk.Agree();
    }

    private static void ManyResets(Desk desk)
    {
        desk.Up();
        for (int i = 0; i < 10; i++)
        {
            desk.Send(desk.Buy(0.001m));
            desk.Send(desk.Intent(isBuy: true, 0.01m, 59_000 - i));
            desk.Pass(15 * i);
            desk.World.Break(WireFault.Drop);
            desk.Pass(2_000);
        }

        desk.World.MovePrice("BTC", 58_995);
        desk.Up(300_000);
        desk.Agree(120_000);
    }

    private static void Stale(Desk desk)
    {
        desk.Up();
        desk.Wait(() => desk.Log.Mids > 0, 30_000, "a mid");
        int place = desk.Log.Count;
        desk.World.Break(WireFault.Stall, forMs: 13_000);
        Moving(desk, place, isStale: true);
        Moving(desk, place, isStale: false);
    }

    /// <summary>Waits for news of the mids while the price moves: a stream that speaks of changes only is silent when there are none.</summary>
    private static void Moving(Desk desk, int place, bool isStale)
    {
        for (int i = 0; i < 60; i++)
        {
            desk.World.MovePrice("BTC", 60_000 + i);
            desk.Pass(1_000);
            if (
                desk.Log.First<VenueEvent.StreamAged>(place, one => one.Channel == VenueChannel.Mids && one.IsStale == isStale)
                is not null
            )
            {
                return;
            }
        }

        throw new ConformanceFailure($"Not within a minute: mids are said to {(isStale ? "be stale" : "speak again")}.");
    }

    private static void NotLanded(Desk desk)
    {
        desk.Up();
        desk.World.Break(WireFault.RequestLost);
        LedgerOrder order = desk.Send(desk.Intent(isBuy: true, 0.01m, 55_000));
        desk.Wait(() => order.Outcomes == 1, 60_000, "an outcome");
        Desk.Check(order.WasUnknown, $"It cannot be known, and it says {order}");
        desk.Wait(() => order.IsAbsent, 90_000, $"proven absent; it is {order}");
        desk.Agree();
    }

    private static void NotLandedReset(Desk desk)
    {
        desk.Up();
        desk.World.Break(WireFault.RequestReset);
        LedgerOrder order = desk.Send(desk.Intent(isBuy: true, 0.01m, 55_000));
        desk.Wait(() => order.IsAbsent, 90_000, $"proven absent; it is {order}");
        desk.Agree();
    }

    private static void Landed(Desk desk, WireFault fault)
    {
        desk.Up();
        desk.World.Break(fault, forMs: 8_000);
        LedgerOrder order = desk.Send(desk.Intent(isBuy: true, 0.01m, 55_000));
        desk.Wait(() => order.Outcomes == 1 && order.Phase == OrderPhase.Open, 90_000, $"it is known to rest; it is {order}");
        desk.Pass(30_000);
        desk.Cancel(order);
        desk.Wait(() => order.Phase == OrderPhase.Cancelled, 60_000, $"cancelled; it is {order}");
        desk.Agree();
    }

    private static void Late(Desk desk, int lateMs)
    {
        desk.Up();
        desk.World.Break(WireFault.RequestDelayed, forMs: lateMs);
        LedgerOrder order = desk.Send(desk.Intent(isBuy: true, 0.01m, 55_000));
        desk.Wait(() => order.Outcomes == 1, 60_000, "an outcome");
        desk.Pass(90_000);
        desk.Agree();
    }

    private static void LandedFilled(Desk desk)
    {
        desk.Up();
        desk.World.Break(WireFault.ResponseLost);
        LedgerOrder order = desk.Send(desk.Buy(0.01m));
        desk.Wait(() => order.Phase == OrderPhase.Filled && order.Filled == 0.01m, 90_000, $"filled; it is {order}");
        desk.Wait(() => order.Outcomes == 1, 60_000, "an outcome");
        desk.Agree();
    }

    private static void CancelLost(Desk desk)
    {
        desk.Up();
        LedgerOrder one = desk.Place(desk.Intent(isBuy: true, 0.01m, 55_000), OrderPhase.Open);
        LedgerOrder other = desk.Place(desk.Intent(isBuy: true, 0.01m, 55_001), OrderPhase.Open);
        desk.World.Break(WireFault.RequestLost);
        desk.Cancel(one);
        desk.World.Break(WireFault.ResponseLost);
        desk.Cancel(other);
        desk.Agree();
        Desk.Same(OrderPhase.Cancelled, other.Phase, "phase of the order whose cancel landed");
        Desk.Same(OrderPhase.Open, one.Phase, "phase of the order whose cancel was lost");
    }

    private static void ModifyLost(Desk desk)
    {
        desk.Up();
        LedgerOrder[] old =
        [
            desk.Place(desk.Intent(isBuy: true, 0.01m, 55_000), OrderPhase.Open),
            desk.Place(desk.Intent(isBuy: true, 0.01m, 55_001), OrderPhase.Open),
        ];
        desk.World.Break(WireFault.RequestLost);
        LedgerOrder lost = desk.Replace(old[0], desk.Intent(isBuy: true, 0.01m, 56_000));
        desk.Wait(() => lost.Outcomes == 1, 60_000, "an outcome");
        desk.World.Break(WireFault.ResponseLost);
        LedgerOrder landed = desk.Replace(old[1], desk.Intent(isBuy: true, 0.01m, 56_001));
        desk.Wait(() => landed.Outcomes == 1, 60_000, "an outcome");
        desk.Wait(() => lost.IsAbsent && landed.Phase == OrderPhase.Open, 120_000, $"{lost} | {landed}");
        Desk.Same(OrderPhase.Open, old[0].Phase, "the order whose modify was lost");
        desk.Agree();
    }

    private static void Died(Desk desk)
    {
        desk.Up();
        LedgerOrder landed = desk.Send(desk.Intent(isBuy: true, 0.01m, 55_000));
        desk.Pass(30);
        desk.World.Break(WireFault.RequestLost);
        LedgerOrder lost = desk.Send(desk.Intent(isBuy: true, 0.01m, 55_001));
        desk.Pass(30);
        desk.World.RestartClient(1_000);
        desk.Pass(1_100);
        foreach (LedgerOrder order in (LedgerOrder[])[landed, lost])
        {
            desk.Venue.Send(new VenueCommand.ResolveOrder(order.Intent.Id, order.Intent.Symbol, order.SentMs));
        }

        desk.Up(120_000);
        desk.Wait(() => landed.Phase == OrderPhase.Open, 60_000, $"it was found; it is {landed}");
        desk.Wait(() => lost.IsAbsent, 60_000, $"it was proven absent; it is {lost}");
        desk.Agree();
    }

    private static void CursorAfterRestart(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 59_000), OrderPhase.Open);
        desk.Wait(() => desk.Ledger.Fills.Values.Sum(fill => fill.Size) == 0.01m, 30_000, "the fill");
        desk.World.RestartClient(30_000);
        desk.World.MovePrice("BTC", 58_900);
        desk.Pass(30_100);
        desk.Up(120_000);
        desk.Wait(() => desk.Ledger.Fills.Values.Sum(fill => fill.Size) == 0.02m, 60_000, "the fill of the time between");
        desk.Venue.Send(new VenueCommand.QueryOrder(order.Intent.Id));
        desk.Agree();
    }

    private static void AccountOverRestart(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.02m), OrderPhase.Filled);
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 59_000), OrderPhase.Open);
        desk.Wait(() => desk.Ledger.Fills.Values.Sum(fill => fill.Size) == 0.02m, 30_000, "the fill");
        VenueEvent.AccountAnswered before = desk.Ask<VenueEvent.AccountAnswered>(new VenueCommand.QueryAccount());
        desk.World.RestartClient(10_000);
        desk.Pass(10_100);
        desk.Up(120_000);
        desk.Pass(5_000);
        VenueEvent.AccountAnswered after = desk.Ask<VenueEvent.AccountAnswered>(new VenueCommand.QueryAccount());
        Desk.Same(before.Positions.Single().Size, after.Positions.Single().Size, "size of the position");
        Desk.Same(before.Positions.Single().EntryPrice, after.Positions.Single().EntryPrice, "entry price of the position");
        Desk.Same(
            before.EquityUsd - before.Positions.Single().UnrealizedPnl,
            after.EquityUsd - after.Positions.Single().UnrealizedPnl,
            "balance"
        );
        VenueEvent.OpenOrdersAnswered open = desk.Ask<VenueEvent.OpenOrdersAnswered>(new VenueCommand.QueryOpenOrders());
        Desk.Same(order.Intent.Id, open.Orders.Single().Id, "the order that rests");
        desk.World.MovePrice("BTC", 58_900);
        desk.Wait(() => order.Phase == OrderPhase.Filled, 60_000, $"filled; it is {order}");
        desk.Wait(() => desk.Ledger.Fills.Values.Sum(fill => fill.Size) == 0.03m, 60_000, "its fill");
        desk.Agree();
    }

    private static void QuietRestart(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        desk.Wait(() => desk.Ledger.Fills.Values.Sum(fill => fill.Size) == 0.01m, 30_000, "the fill");
        for (int i = 0; i < 3; i++)
        {
            desk.World.RestartClient(1_000);
            desk.Pass(1_100);
            desk.Up(120_000);
            desk.Pass(60_000);
        }

        desk.Agree();
    }

    private static void NonceAfterRestart(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        desk.World.RestartClient(10);
        desk.Pass(100);
        desk.Up(120_000);
        desk.Place(desk.Sell(0.01m), OrderPhase.Filled);
        desk.Agree();
    }

    private static void FundingOverRestart(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.1m), OrderPhase.Filled);
        long hour = 3_600_000 - (desk.World.WallMs % 3_600_000);
        desk.Pass(hour + 60_000);
        desk.World.RestartClient(3_600_000);
        desk.Pass(3_600_100);
        desk.Up(120_000);
        desk.Pass(3_600_000);
        int hours = desk.Ledger.Funding.Count;
        Desk.Same(3, hours, "payments in three hours");
        Desk.Same(3, desk.Ledger.Funding.Select(one => one.TimeMs / 3_600_000).Distinct().Count(), "hours");
        desk.Agree();
    }
}
