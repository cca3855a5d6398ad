using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>The steps of C-1xx.</summary>
internal static partial class OrderRows
{
    private static void TooMuch(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 2m, 60_008, TimeInForce.Ioc));
        desk.Wait(
            () => order.Phase == OrderPhase.Cancelled && order.Filled is > 0 and < 2m,
            60_000,
            $"the rest was cancelled; {order.Filled} of {order}"
        );
        desk.Agree();
    }

    private static void Dry(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Buy(0.01m), OrderPhase.Rejected);
        Desk.Same(RejectCode.NotSent, order.Refusal, "code");
        Desk.Check(
            desk.Ask<VenueEvent.CancelAnswered>(new VenueCommand.Cancel("BTC", order.Intent.Id)).Outcome
                == CommandOutcome.Refused,
            "A cancel was not refused."
        );
        desk.Pass(5_000);
        Desk.Same(0, desk.Ledger.Fills.Count, "fills");
    }

    private static void Market(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        desk.Wait(() => order.Filled == 0.01m, 30_000, "fills of the whole size");
        desk.Agree();
    }

    private static void IocMiss(Desk desk)
    {
        desk.Up();
        desk.Refused(desk.Intent(isBuy: true, 0.01m, 50_000, TimeInForce.Ioc), RejectCode.NoMatch);
        Desk.Same(0, desk.Ledger.Fills.Count, "fills");
    }

    private static void Limit(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 59_000), OrderPhase.Open);
        desk.World.MovePrice("BTC", 58_900);
        desk.Wait(() => order.Phase == OrderPhase.Filled && order.Filled == 0.01m, 60_000, $"it was filled; it is {order}");
        Desk.Check(desk.Ledger.Fills.Values.All(fill => fill.Price == 59_000), "Filled at another price than its own.");
        desk.Agree();
    }

    private static void PostOnly(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Intent(isBuy: true, 0.01m, 59_000, TimeInForce.Alo), OrderPhase.Open);
        desk.Refused(desk.Intent(isBuy: true, 0.01m, 61_000, TimeInForce.Alo), RejectCode.PostOnlyWouldMatch);
        desk.Agree();
    }

    private static void Partial(Desk desk)
    {
        desk.Up();

        // More than the best level holds, limited to that level.
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 2m, 60_008), OrderPhase.Open);
        desk.Wait(() => order.Filled is > 0 and < 2m, 30_000, $"part of it was filled; {order.Filled} of {order}");
        desk.Cancel(order);
        desk.Wait(() => order.Phase == OrderPhase.Cancelled, 30_000, $"it was cancelled; it is {order}");
        desk.Agree();
    }

    private static void Cancel(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 55_000), OrderPhase.Open);
        desk.Cancel(order);
        desk.Wait(() => order.Phase == OrderPhase.Cancelled, 30_000, $"it was cancelled; it is {order}");
        desk.Agree();
    }

    private static void CancelAgain(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        int place = desk.Log.Count;
        desk.Cancel(order);
        VenueEvent.CancelAnswered answer = desk.Log.First<VenueEvent.CancelAnswered>(place)!;
        Desk.Same(CommandOutcome.Refused, answer.Outcome, "outcome");
        Desk.Same(RejectCode.NotLive, answer.Code, $"code of “{answer.Text}”");
        desk.Pass(2_000);
        Desk.Same(OrderPhase.Filled, order.Phase, "phase");
        desk.Agree();
    }

    private static void CancelNothing(Desk desk)
    {
        desk.Up();
        VenueEvent.CancelAnswered answer = desk.Ask<VenueEvent.CancelAnswered>(
            new VenueCommand.Cancel("BTC", new ClientOrderId(0xDEAD))
        );
        Desk.Check(answer.Outcome != CommandOutcome.Done, "Nothing was cancelled, and it says done.");
        desk.Agree();
    }

    private static void Modify(Desk desk)
    {
        desk.Up();
        LedgerOrder old = desk.Place(desk.Intent(isBuy: true, 0.01m, 55_000), OrderPhase.Open);
        LedgerOrder order = desk.Replace(old, desk.Intent(isBuy: true, 0.02m, 56_000));
        desk.Wait(() => order.Phase == OrderPhase.Open, 60_000, $"the new one rests; it is {order}");
        desk.Wait(() => old.Phase == OrderPhase.Cancelled, 30_000, $"the old one was cancelled; it is {old}");
        VenueEvent.OpenOrdersAnswered open = desk.Ask<VenueEvent.OpenOrdersAnswered>(new VenueCommand.QueryOpenOrders());
        OrderReport report = open.Orders.Single();
        Desk.Same(order.Intent.Id, report.Id, "id");
        Desk.Same((0.02m, 56_000m), (report.OriginalSize, report.LimitPrice), "size and price");
        desk.Agree();
    }

    private static void ModifyEnded(Desk desk)
    {
        desk.Up();
        LedgerOrder old = desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        LedgerOrder order = desk.Replace(old, desk.Intent(isBuy: true, 0.02m, 56_000));
        desk.Wait(() => order.IsOver, 60_000, $"it was refused; it is {order}");
        Desk.Same(OrderPhase.Filled, old.Phase, "phase of the old one");
        desk.Agree();
    }

    private static void Batch(Desk desk)
    {
        desk.Up();
        LedgerOrder[] orders = desk.Send(
            OrderGrouping.None,
            desk.Intent(isBuy: true, 0.01m, 55_000),
            desk.Intent(isBuy: true, 0.0001m, 55_000),
            desk.Intent(isBuy: false, 0.01m, 65_000)
        );
        desk.Wait(() => orders.All(order => order.Outcomes == 1), 60_000, "three outcomes");
        desk.Wait(
            () =>
                orders[0].Phase == OrderPhase.Open
                && orders[1].Phase == OrderPhase.Rejected
                && orders[2].Phase == OrderPhase.Open,
            30_000,
            string.Join(" | ", orders.Select(order => order.ToString()))
        );
        desk.Agree();
    }

    private static void ReduceOnly(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        LedgerOrder exit = desk.Place(desk.Sell(0.05m) with { ReduceOnly = true });
        desk.Wait(() => exit.Filled == 0.01m, 30_000, $"0.01 was sold; {exit.Filled} of {exit}");
        desk.Pass(2_000);
        Desk.Same(0.01m, exit.Filled, "sold");
        VenueEvent.AccountAnswered account = desk.Ask<VenueEvent.AccountAnswered>(new VenueCommand.QueryAccount());
        Desk.Same(0, account.Positions.Count, "positions");
        desk.Agree();
    }

    private static void ReduceNothing(Desk desk)
    {
        desk.Up();
        desk.Refused(desk.Sell(0.05m) with { ReduceOnly = true }, RejectCode.ReduceOnly);
    }

    private static void Stop(Desk desk) => Triggered(desk, TriggerKind.StopLoss, 59_000m, 58_900m);

    private static void TakeProfit(Desk desk) => Triggered(desk, TriggerKind.TakeProfit, 61_000m, 61_100m);

    private static void Triggered(Desk desk, TriggerKind kind, decimal trigger, decimal price)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        LedgerOrder order = desk.Place(Child(desk, kind, trigger), OrderPhase.Waiting);
        desk.World.MovePrice("BTC", price);
        desk.Wait(() => order.Phase == OrderPhase.Filled && order.Filled == 0.01m, 60_000, $"it fired; it is {order}");
        VenueEvent.AccountAnswered account = desk.Ask<VenueEvent.AccountAnswered>(new VenueCommand.QueryAccount());
        Desk.Same(0, account.Positions.Count, "positions");
        desk.Agree();
    }

    private static void Bracket(Desk desk)
    {
        desk.Up();
        LedgerOrder[] orders = desk.Send(
            OrderGrouping.Bracket,
            desk.Buy(0.01m),
            Child(desk, TriggerKind.TakeProfit, 61_000m),
            Child(desk, TriggerKind.StopLoss, 59_000m)
        );
        desk.Wait(() => orders.All(order => order.Outcomes == 1), 60_000, "three outcomes");
        desk.Wait(() => orders[0].Phase == OrderPhase.Filled, 30_000, $"the parent was filled; it is {orders[0]}");
        desk.World.MovePrice("BTC", 61_100);
        desk.Wait(() => orders[1].Phase == OrderPhase.Filled, 60_000, $"the profit was taken; it is {orders[1]}");
        desk.Wait(() => orders[2].Phase == OrderPhase.Cancelled, 60_000, $"the stop ended; it is {orders[2]}");
        desk.Agree();
    }

    private static void Schedule(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 55_000), OrderPhase.Open);
        VenueEvent.ScheduleAnswered answer = desk.Ask<VenueEvent.ScheduleAnswered>(
            new VenueCommand.ScheduleCancel(desk.World.WallMs + 10_000)
        );
        Desk.Same(CommandOutcome.Done, answer.Outcome, $"outcome ({answer.Text})");
        desk.Wait(() => order.Phase == OrderPhase.Cancelled, 30_000, $"it was cancelled; it is {order}");
        desk.Agree();
    }

    private static void Query(Desk desk)
    {
        desk.Up();
        LedgerOrder order = desk.Place(desk.Intent(isBuy: true, 0.01m, 55_000), OrderPhase.Open);
        VenueEvent.OrderStatusAnswered answer = desk.Ask<VenueEvent.OrderStatusAnswered>(
            new VenueCommand.QueryOrder(order.Intent.Id)
        );
        Desk.Check(answer.Order is { Phase: OrderPhase.Open, LimitPrice: 55_000m, OriginalSize: 0.01m }, $"It says {answer}.");
    }

    private static void QueryNothing(Desk desk)
    {
        desk.Up();
        VenueEvent.OrderStatusAnswered answer = desk.Ask<VenueEvent.OrderStatusAnswered>(
            new VenueCommand.QueryOrder(new ClientOrderId(0xDEAD))
        );
        Desk.Check(answer.Order is null && !answer.IsProvenAbsent && answer.Error is null, $"It says {answer}.");
    }

    private static void Refuse(Desk desk, Func<OrderIntent, OrderIntent> spoil, RejectCode code)
    {
        desk.Up();
        bool rests = desk.Venue.Capabilities.HasFlag(VenueCapabilities.RestingOrders);
        desk.Refused(spoil(rests ? desk.Intent(isBuy: true, 0.01m, 55_000) : desk.Buy(0.01m)), code);
        desk.Agree();
    }

    private static void RoundTrip(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.03m), OrderPhase.Filled);
        desk.Place(desk.Sell(0.01m) with { ReduceOnly = true }, OrderPhase.Filled);
        desk.Wait(() => desk.Ledger.Fills.Values.Sum(fill => fill.Size) == 0.04m, 30_000, "all fills");
        VenueEvent.AccountAnswered account = desk.Ask<VenueEvent.AccountAnswered>(new VenueCommand.QueryAccount());
        Desk.Same(0.02m, account.Positions.Single().Size, "position");
        desk.Place(desk.Sell(0.02m) with { ReduceOnly = true }, OrderPhase.Filled);
        desk.Agree();
        account = desk.Ask<VenueEvent.AccountAnswered>(new VenueCommand.QueryAccount());
        Desk.Same(0, account.Positions.Count, "positions");
    }

    private static void Fees(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        desk.Wait(() => desk.Ledger.Fills.Count > 0, 30_000, "a fill");
        Desk.Check(desk.Ledger.Fills.Values.All(fill => fill.IsTaker && fill.Fee > 0), "A taker without a fee.");
    }

    private static OrderIntent Child(Desk desk, TriggerKind kind, decimal trigger) =>
        desk.Sell(0.01m) with
        {
            LimitPrice = Math.Round(trigger * 0.95m),
            TimeInForce = TimeInForce.Gtc,
            ReduceOnly = true,
            Trigger = kind,
            TriggerPrice = trigger,
            TriggerIsMarket = true,
        };
}
