using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>The steps of C-3xx and C-5xx.</summary>
internal static partial class WireRows
{
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
