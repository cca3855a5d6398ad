using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>C-4xx: limits. C-6xx: the venue itself misbehaves, one fault after the other, while an account trades.</summary>
internal static class FaultRows
{
    private const WorldTraits Hostile = WorldTraits.VenueFaults | WorldTraits.Truth | WorldTraits.VirtualTime;
    private const VenueCapabilities Rests = VenueCapabilities.RestingOrders;

    /// <summary>Faults together take turns of so many rounds.</summary>
    private const int Turns = 8;

    /// <summary>Faults that happen when a client comes back.</summary>
    private static readonly string[] Reconnecting = ["snapshot_withheld", "history_late"];

    private static readonly (string Id, string Word, string Asserts)[] Faults =
    [
        ("C-600", "socket_dropped", "Down and up again; nothing lost, nothing twice."),
        ("C-601", "socket_half_open", "Noticed; nothing lost, nothing twice."),
        ("C-602", "socket_stalled", "Nothing lost, nothing twice."),
        ("C-603", "snapshot_withheld", "Fills are caught up without it."),
        ("C-604", "fill_lost", "Found by asking."),
        ("C-605", "fill_duplicated", "Delivered once."),
        ("C-606", "fill_reordered", "Each once."),
        ("C-607", "fill_delayed", "Each once."),
        ("C-608", "update_lost", "The end of an order is found by asking."),
        ("C-609", "update_duplicated", "Changes nothing."),
        ("C-610", "update_reordered", "A late word of an earlier state revives nothing."),
        ("C-611", "update_delayed", "The same."),
        ("C-612", "response_lost", "Unknown, then as the venue has it."),
        ("C-613", "request_lost", "Unknown, then proven absent."),
        ("C-614", "request_late", "Never said to be absent and then there."),
        ("C-615", "order_not_found", "“Not found” ends nothing."),
        ("C-616", "rate_limited", "Slower, and right."),
        ("C-617", "server_error", "Whether it was carried out is found out."),
        ("C-618", "nonce_refused", "Refused, not lost, not sent twice."),
        ("C-619", "clock_stepped", "Expiry and absence go by the venue's clock."),
        ("C-620", "partial_fill_cancel", "The part is booked, the order ends as cancelled."),
        ("C-621", "liquidation", "Fills that are no order of ours are booked; positions agree."),
        ("C-622", "deleveraging", "Booked; positions agree."),
        ("C-623", "delisting", "Orders end; the symbol is no longer among the instruments."),
        ("C-624", "lot_changed", "Orders end; the instrument tells its new lot."),
        ("C-625", "candle_missing", "Trading is not disturbed."),
        ("C-626", "candle_revised", "Trading is not disturbed."),
        ("C-627", "candle_duplicated", "Candles in an answer come once."),
        ("C-628", "candle_late", "Trading is not disturbed."),
        ("C-629", "history_late", "Found by asking again from before the cursor."),
    ];

    public static IEnumerable<ConformanceRow> All { get; } =
    [
        new(
            "C-400",
            "Burst beyond the weight of a minute",
            "No question is lost: each ends in its answer or in an error.",
            VenueCapabilities.None,
            Hostile | WorldTraits.Limits,
            Burst
        ),
        new(
            "C-401",
            "Exit during a burst",
            "It does not wait for the questions.",
            Rests,
            Hostile | WorldTraits.Limits,
            ExitInBurst
        ),
        new(
            "C-402",
            "Venue answers 429",
            "Nothing ends falsely; agreement once it is over.",
            Rests,
            Hostile | WorldTraits.Limits,
            desk => Trade(desk, "rate_limited")
        ),
        new(
            "C-403",
            "No action left",
            "What adds risk is refused; cancels and an exit pass.",
            Rests,
            Hostile | WorldTraits.Limits,
            NoActionLeft
        ),
        .. Faults.Select(fault => new ConformanceRow(
            fault.Id,
            "Fault: " + fault.Word,
            fault.Asserts,
            Rests,
            Hostile,
            desk =>
            {
                if (fault.Word == "history_late")
                {
                    LateHistory(desk);
                }

                Trade(desk, fault.Word);
            }
        )),
        new(
            "C-630",
            "Trigger order whose updates are lost",
            "Its end is found by asking, although it was acknowledged without an id of the venue.",
            VenueCapabilities.Triggers,
            Hostile,
            LostTrigger
        ),
        new(
            "C-690",
            "Every fault at once",
            "Nothing lost, nothing twice, nothing falsely ended.",
            Rests,
            Hostile,
            desk =>
                Trade(
                    desk,
                    [.. Faults.Where(fault => fault.Word is not ("delisting" or "liquidation")).Select(fault => fault.Word)]
                )
        ),
    ];

    /// <summary>The words of the faults that have a row.</summary>
    public static IEnumerable<string> Words => Faults.Select(fault => fault.Word);

    private static void LostTrigger(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        desk.Pass(2_000);
        desk.World.Misbehave("update_lost");
        desk.World.Misbehave("update_lost");
        LedgerOrder order = desk.Place(
            desk.Sell(0.01m) with
            {
                TimeInForce = TimeInForce.Gtc,
                ReduceOnly = true,
                Trigger = TriggerKind.StopLoss,
                TriggerPrice = 59_000,
                TriggerIsMarket = true,
            },
            OrderPhase.Waiting
        );
        desk.Cancel(order);
        desk.Wait(() => order.Phase == OrderPhase.Cancelled, 90_000, $"cancelled; it is {order}");
        desk.Agree();
    }

    /// <summary>A fill in a gap that is in the history only after a later one has been read from there.</summary>
    private static void LateHistory(Desk desk)
    {
        desk.Up();
        for (int round = 0; round < 5; round++)
        {
            desk.World.MovePrice("BTC", 60_000);
            desk.Pass(40_000);
            desk.Place(desk.Intent(isBuy: true, 0.01m, 59_900), OrderPhase.Open);
            desk.World.Misbehave("history_late");
            desk.World.Break(WireFault.Drop);
            desk.World.MovePrice("BTC", 59_800);
            desk.Wait(() => !desk.Log.IsUp, 10_000, "down");
            desk.Up();
            desk.Place(desk.Buy(0.001m), OrderPhase.Filled);
            desk.World.Break(WireFault.Drop);
            desk.Wait(() => !desk.Log.IsUp, 10_000, "down");
            desk.Up();
        }

        Desk.Check(desk.World.Happened("history_late") > 0, "history_late did not happen.");
        desk.Agree(120_000);
    }

    private static void Burst(Desk desk)
    {
        desk.Up();
        int place = desk.Log.Count;
        for (int i = 0; i < 150; i++)
        {
            desk.Venue.Send(
                new VenueCommand.QueryFundingRates(1_000 + i, "BTC", desk.World.WallMs - 3_600_000, desk.World.WallMs)
            );
        }

        desk.Wait(
            () => desk.Log.Since(place).OfType<VenueEvent.FundingRatesAnswered>().Count(page => page.IsLast) == 150,
            600_000,
            "150 ends"
        );
        desk.Agree();
    }

    private static void ExitInBurst(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.01m), OrderPhase.Filled);
        for (int i = 0; i < 150; i++)
        {
            desk.Venue.Send(
                new VenueCommand.QueryFundingRates(1_000 + i, "BTC", desk.World.WallMs - 3_600_000, desk.World.WallMs)
            );
        }

        desk.Pass(5_000);
        LedgerOrder exit = desk.Send(desk.Sell(0.01m) with { ReduceOnly = true });
        desk.Wait(() => exit.Phase == OrderPhase.Filled, 5_000, $"out; it is {exit}");
        desk.Agree(180_000);
    }

    /// <summary>First the session does not know yet and the venue refuses; then it knows, and asks for nothing in vain.</summary>
    private static void NoActionLeft(Desk desk)
    {
        desk.Up();
        desk.Place(desk.Buy(0.02m), OrderPhase.Filled);
        LedgerOrder resting = desk.Place(desk.Intent(isBuy: true, 0.01m, 59_000), OrderPhase.Open);
        desk.World.SpendActions();
        LedgerOrder[] orders = [.. Enumerable.Range(0, 3).Select(_ => desk.Send(desk.Intent(isBuy: true, 0.01m, 59_500)))];
        desk.Wait(() => Array.TrueForAll(orders, order => order.Outcomes == 1), 60_000, "one outcome of every order");
        Desk.Check(Array.Exists(orders, order => order.Refusal == RejectCode.RateLimited), "The venue refused none.");

        // The session asks every five minutes what is left.
        desk.Pass(310_000);
        LedgerOrder late = desk.Place(desk.Buy(0.01m));
        Desk.Same(OrderPhase.Rejected, late.Phase, "an order without an action left");
        desk.Cancel(resting);
        LedgerOrder exit = desk.Send(desk.Sell(0.02m) with { ReduceOnly = true });
        desk.Wait(() => exit.Phase == OrderPhase.Filled, 30_000, $"out; it is {exit}");
        desk.Agree();
    }

    /// <summary>Trades through ten occasions of a fault, or three of each when there are several, then lets the venue behave and demands agreement.</summary>
    private static void Trade(Desk desk, params string[] faults)
    {
        desk.Up();
        desk.Place(desk.Buy(0.02m), OrderPhase.Filled);
        List<LedgerOrder> orders = [];
        int rounds = faults.Length == 1 ? 10 : 3 * Turns;
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < faults.Length; i++)
            {
                // Together, faults take turns: one that loses a connection or a frame leaves nothing to the next of its family.
                if (faults.Length == 1 || i % Turns == round % Turns)
                {
                    desk.World.Misbehave(faults[i]);
                }
            }

            decimal price = 60_000 + ((round % 3) * 50);
            desk.World.MovePrice("BTC", price);
            orders.Add(desk.Send(desk.Buy(0.001m)));
            orders.Add(desk.Send(desk.Intent(isBuy: true, 0.01m, price - 100)));
            orders.Add(desk.Send(desk.Intent(isBuy: false, 0.01m, price + 40)));
            desk.Pass(1_500);
            if (orders.Find(order => order.Phase == OrderPhase.Open) is { } open)
            {
                desk.Venue.Send(new VenueCommand.Cancel("BTC", open.Intent.Id));
            }

            desk.Venue.Send(new VenueCommand.QueryOrder(orders[^1].Intent.Id));
            if (round % Turns == 3 && Array.Exists(faults, fault => Reconnecting.Contains(fault, StringComparer.Ordinal)))
            {
                desk.World.Break(WireFault.Drop);
            }

            desk.Venue.Send(
                new VenueCommand.QueryCandles(
                    round,
                    "BTC",
                    Model.Interval.Parse("1m"),
                    desk.World.WallMs - 600_000,
                    desk.World.WallMs
                )
            );
            desk.Pass(3_500);
        }

        // A fault that found nothing to happen to proves nothing.
        foreach (string fault in faults)
        {
            Desk.Check(desk.World.Happened(fault) > 0, $"{fault} did not happen.");
        }

        desk.World.Behave();
        desk.Wait(() => orders.TrueForAll(order => order.Outcomes == 1), 120_000, "one outcome of every order");
        desk.Up(300_000);
        desk.Agree(120_000);
    }
}
