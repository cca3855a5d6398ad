using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Ledger;

public sealed class RoundTripTests : IDisposable
{
    private readonly TestLedger _ledger = new();

    [Fact]
    public void An_empty_ledger_says_so()
    {
        LedgerImage image = _ledger.Ledger.Load();
        Assert.Equal((0, 0, 0), (image.LastBatch, image.Sequence, image.NonceFloor));
        Assert.Null(image.Cursor);
        Assert.Null(image.Journal);
        Assert.Null(image.Snapshot);
        Assert.Empty(image.Intents);
        Assert.Equal(LedgerTotals.Zero, image.Totals);
    }

    [Fact]
    public void An_open_intent_comes_back_with_all_it_was_created_with()
    {
        LedgerRow.IntentCreated full = Rows.Intent(7) with { DedupeKey = "OPEN:BTC:BUY:1" };
        LedgerRow.IntentCreated bare = Rows.Intent(8, "ETH", OrderAction.Close) with
        {
            LimitPrice = null,
            EntryAtr = null,
            Leverage = null,
            ExpiresMs = null,
            Owner = IntentOwner.Operator,
            TimeInForce = TimeInForce.Gtc,
            MetaJson = "",
            RequestedSize = Amount.Of(0.1 + 0.2),
        };
        _ledger.Ok(full, bare, Rows.To(full, IntentStatus.Submitting));
        LedgerImage image = _ledger.Reopened();
        Assert.Equal([full, bare], image.Intents.Select(i => i.Intent));
        Assert.Equal([IntentStatus.Submitting, IntentStatus.New], image.Intents.Select(i => i.Status));
        Assert.Equal(full.CreatedMs + 5, image.Intents[0].SubmittingMs);
        Assert.Equal(8, image.Sequence);
        Assert.Equal(image.Intents[0], _ledger.Ledger.Find(full.IntentId));
        Assert.Null(_ledger.Ledger.Find("none"));
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_say()
    {
        LedgerRow.IntentCreated intent = Rows.Intent(1);
        _ledger.Ok(intent, Rows.To(intent, IntentStatus.Submitting));
        _ledger.Ok(Rows.To(intent, IntentStatus.Unknown) with { LastError = "timeout" });
        _ledger.Ok(Rows.To(intent, IntentStatus.Sent, venueOrderId: 77, isFirst: false));
        IntentImage image = _ledger.Reopened().Intents[0];
        Assert.Equal((IntentStatus.Sent, 77, "timeout"), (image.Status, image.VenueOrderId, image.LastError));
        Assert.Equal(intent.CreatedMs + 4, image.SentMs);
        _ledger.Ok(Rows.To(intent, IntentStatus.Sent, isFirst: false) with { LastError = "" });
        Assert.Null(_ledger.Ledger.Load().Intents[0].LastError);
        Assert.Equal(5, _ledger.Count("oms_intent_history"));
    }

    [Fact]
    public void Fills_move_position_cash_and_the_intent()
    {
        LedgerRow.IntentCreated intent = Rows.Intent(1);
        _ledger.Ok(intent, Rows.To(intent, IntentStatus.Submitting));
        _ledger.Ok(Rows.To(intent, IntentStatus.Sent, venueOrderId: 5), Rows.Fill(intent, 11, 5, 0.1m));
        _ledger.Ok(
            Rows.Fill(intent, 12, 5, 0.15m) with
            {
                Pnl = -3.25m,
            },
            Rows.To(intent, IntentStatus.Filled, "venue: filled"),
            Rows.Foreign(13, "ETH", isBuy: false, 2m)
        );
        LedgerImage image = _ledger.Reopened();
        Assert.Equal("0.25", image.Intents[0].FilledSize.ToString());
        Assert.Equal("10000.025", image.Intents[0].FilledNotional.ToString());
        Assert.Equal("", image.Intents[0].Intent.MetaJson);
        Assert.Equal(intent.MetaJson, _ledger.Ledger.Find(intent.IntentId)!.Intent.MetaJson);
        Assert.Equal(["0.25", "-2"], image.Positions.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value.ToString()));
        Assert.Equal("-16.75003375", image.Totals.Cash.ToString());
        Assert.Equal(
            [new FillKey(Rows.Account, 11, 5, 0), new FillKey(Rows.Account, 12, 5, 0), new FillKey(Rows.Account, 13, 913, 0)],
            image.FillKeys
        );
        Assert.Equal(3, _ledger.Count("trades"));
        Assert.Equal(
            1,
            _ledger.Count($"trades WHERE fill_tid = 11 AND json_extract(meta_json, '$.oms.intent_id') = '{intent.IntentId}'")
        );
        Assert.Equal(1, _ledger.Count("trades WHERE fill_tid = 11 AND json_extract(meta_json, '$.why') = 'test'"));
        Assert.Equal(1, _ledger.Count("oms_fills_real WHERE price_real = 40000.1 AND fill_tid = 12"));
        _ledger.Agrees();
    }

    [Fact]
    public void A_fill_that_turns_a_position_around_is_two_legs_of_one_key()
    {
        LedgerRow.FillBooked close = Rows.Foreign(1, "BTC", isBuy: false, 2m);
        LedgerRow.FillBooked open = close with
        {
            Key = close.Key with { Leg = 1 },
            Action = OrderAction.Open,
            Position = Side.Short,
        };
        _ledger.Ok(close, open);
        Assert.Equal("-4", _ledger.Reopened().Positions["BTC"].ToString());
        Assert.Equal("fill_twice", _ledger.Broken(open));
    }

    [Fact]
    public void Fundings_transfers_and_adjustments_are_cash()
    {
        _ledger.Ok(
            new LedgerRow.FundingBooked(Rows.Account, 1, "BTC", -1.5m, 0.25m, 0.0000125m, 40_000m, 9_998.5m, "mei_alpha", ""),
            new LedgerRow.TransferBooked(Rows.Account, 2, "deposit", 100m, "t1", "{}"),
            new LedgerRow.TransferBooked(Rows.Account, 3, "subaccount", null, "t2", "{}"),
            Rows.Adjustment("a1", "BTC", -1m, 0.25m),
            Rows.Adjustment("a2", null, 0m, 2m)
        );
        LedgerImage image = _ledger.Reopened();
        Assert.Equal(
            ("-1.5", "100", "2.25", "100.75"),
            (
                image.Totals.Funding.ToString(),
                image.Totals.Transfers.ToString(),
                image.Totals.Adjustments.ToString(),
                image.Totals.Cash.ToString()
            )
        );
        Assert.Equal("-1", image.Positions["BTC"].ToString());
        Assert.Equal(1, _ledger.Count("trades WHERE action = 'FUNDING' AND pnl = '-1.5' AND fill_tid IS NULL"));
        _ledger.Agrees();
    }

    [Fact]
    public void Paper_adds_as_the_kernel_does_so_that_a_closed_position_is_zero()
    {
        using TestLedger paper = new(isDouble: true);
        paper.Ok(
            Rows.Foreign(1, "BTC", isBuy: true, 1m) with
            {
                Size = 0.1,
            },
            Rows.Foreign(2, "BTC", isBuy: true, 1m) with
            {
                Size = 0.2,
            },
            Rows.Foreign(3, "BTC", isBuy: false, 1m) with
            {
                Size = 0.1 + 0.2,
            }
        );
        Assert.Empty(paper.Reopened().Positions);
        paper.Agrees();
    }

    [Fact]
    public void What_the_lane_remembers_comes_back()
    {
        AccountCursor first = new(10, [(1, 2), (3, 4)], 20, 30, ["f1", "t1"]);
        AccountCursor second = new(11, [(3, 4), (5, 6), (7, 8)], 21, 31, ["f2"]);
        LedgerRow.OpenOrderSeen order = new(9, 1, "BTC", true, 40_000m, 1m, 0.5m, true, Rows.Intent(1).ClientOrderId, null, "{}");
        LedgerRow.PositionKept kept = new("BTC", new FillKey(Rows.Account, 1, 901, 0), 39_000.5, 5, 2, true, 6, 22.5, 7);
        _ledger.Ok(
            new LedgerRow.CursorKept(first),
            order,
            order with
            {
                VenueOrderId = 10,
                ReduceOnly = null,
                ClientOrderId = default,
            },
            new LedgerRow.KillChanged("file", "close_only", 5, "paused", "file", null),
            new LedgerRow.KillChanged("daily_loss", "close_only", 6, "-10 %", "limit", 99),
            new LedgerRow.StateKept("account", new byte[] { 1, 2, 3 }),
            new LedgerRow.StateKept("symbol:BTC", Array.Empty<byte>()),
            new LedgerRow.NonceKept(1_000),
            new LedgerRow.JournalAt(new JournalPosition(3, 44)),
            Rows.Foreign(1, "BTC", isBuy: true, 1m),
            kept,
            kept with
            {
                Symbol = "ETH",
                OpenTradeFill = null,
                TrailingStop = null,
            },
            Rows.Snapshot(1),
            Rows.Snapshot(2)
        );
        _ledger.Ok(
            new LedgerRow.CursorKept(first with { FillsMs = 10 }),
            new LedgerRow.CursorKept(second),
            new LedgerRow.OpenOrderGone(10),
            order with
            {
                SeenMs = 2,
                RemainingSize = 0.25m,
            },
            new LedgerRow.KillChanged("file", null, 7, "operator resumed", "operator:ann", null),
            new LedgerRow.StateKept("symbol:BTC", null),
            new LedgerRow.StateKept("account", new byte[] { 4 }),
            new LedgerRow.PositionGone("ETH")
        );
        LedgerImage image = _ledger.Reopened();
        Assert.Equal((11, 21, 31), (image.Cursor!.FillsMs, image.Cursor.FundingMs, image.Cursor.TransfersMs));
        Assert.Equal(second.FillKeys, image.Cursor.FillKeys);
        Assert.Equal(second.RecentKeys, image.Cursor.RecentKeys);
        Assert.Equal([order with { SeenMs = 2, RemainingSize = 0.25m }], image.OpenOrders);
        Assert.Equal([new KillLatch("daily_loss", "close_only", 6, "-10 %", 99)], image.Kills);
        Assert.Equal(3, _ledger.Count("kill_history"));
        Assert.Equal([4], image.State["account"].ToArray());
        Assert.Single(image.State);
        Assert.Equal((1_000, new JournalPosition(3, 44)), (image.NonceFloor, image.Journal));
        Assert.Equal([kept], image.PositionStates);
        Assert.Equal(1, _ledger.Count("position_state s JOIN trades t ON t.id = s.open_trade_id WHERE t.fill_tid = 1"));
        Assert.Equal(new byte[] { 1, 2, 3 }, image.Snapshot!.Bits.ToArray());
        Assert.Equal(Rows.Snapshot(2) with { Bits = default }, image.Snapshot with { Bits = default });
        Assert.Equal(2, image.LastBatch);
        _ledger.Agrees();
    }

    [Fact]
    public void What_was_seen_can_be_read_by_others()
    {
        LedgerRow.IntentCreated intent = Rows.Intent(1);
        _ledger.Ok(
            intent,
            new LedgerRow.OrderSubmitted(
                intent.IntentId,
                5,
                "BTC",
                true,
                "market_open",
                0.25m,
                false,
                intent.ClientOrderId,
                null,
                true,
                "{}"
            ),
            new LedgerRow.ReconcileNoted(1, "CANCEL_STALE_OK", "BTC", intent.IntentId, intent.ClientOrderId, 5, "ok", "{}"),
            new LedgerRow.AuditNoted(1_700_000_000_123, null, "ENTRY_SKIP_COOLDOWN", AuditLevel.Warn, "{}"),
            new LedgerRow.DecisionNoted(
                "01",
                1,
                "BTC",
                "entry_signal",
                "executed",
                "execution",
                null,
                "tick",
                "OPEN",
                null,
                "{}"
            ),
            new LedgerRow.SignalSeen(1, "BTC", "BUY", "high", 40_000, 55, null, 1, "{}"),
            new LedgerRow.StreamEventSeen(1, "userFills", "{}")
        );
        Assert.Equal(1, _ledger.Count("oms_orders WHERE status = 'UNKNOWN' AND exchange_order_id IS NULL"));
        Assert.Equal(1, _ledger.Count("oms_reconcile_events WHERE kind = 'CANCEL_STALE_OK'"));
        Assert.Equal(1, _ledger.Count("audit_events WHERE level = 'warn' AND timestamp = '2023-11-14T22:13:20.123+00:00'"));
        Assert.Equal(1, _ledger.Count("decision_events WHERE event_type = 'entry_signal'"));
        Assert.Equal(1, _ledger.Count("signals WHERE ema_fast IS NULL AND rsi = 55"));
        Assert.Equal(1, _ledger.Count("ws_events"));
        Assert.Equal(
            "decision_twice",
            _ledger.Broken(
                new LedgerRow.DecisionNoted("01", 1, "BTC", "fill", "executed", "execution", null, null, null, null, "{}")
            )
        );
    }

    public void Dispose() => _ledger.Dispose();
}
