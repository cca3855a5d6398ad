using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>The steps of C-2xx.</summary>
internal static partial class WireRows
{
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
}
