using System.Globalization;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <content>What was seen, and what the lane remembers.</content>
internal sealed partial class LedgerWriter
{
    private const int MaxState = 16 << 20;
    private const int StreamEventsKept = 100_000;
    private LedgerStatement _putOpenOrder = null!;
    private LedgerStatement _dropOpenOrder = null!;
    private LedgerStatement _putReconcile = null!;
    private LedgerStatement _putAudit = null!;
    private LedgerStatement _putDecision = null!;
    private LedgerStatement _putSignal = null!;
    private LedgerStatement _putStreamEvent = null!;
    private LedgerStatement _pruneStreamEvents = null!;
    private LedgerStatement _putKill = null!;
    private LedgerStatement _dropKill = null!;
    private LedgerStatement _putKillHistory = null!;
    private LedgerStatement _putPositionState = null!;
    private LedgerStatement _dropPositionState = null!;
    private LedgerStatement _putState = null!;
    private LedgerStatement _dropState = null!;

    private void PrepareNotes()
    {
        _putOpenOrder = Prepare(
            """
            INSERT INTO oms_open_orders (exchange_order_id, first_seen_ts_ms, last_seen_ts_ms, symbol, side, price, orig_size, remaining_size,
              reduce_only, client_order_id, intent_id, raw_json) VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT (exchange_order_id) DO UPDATE SET last_seen_ts_ms = excluded.last_seen_ts_ms, symbol = excluded.symbol, side = excluded.side,
              price = excluded.price, orig_size = excluded.orig_size, remaining_size = excluded.remaining_size, reduce_only = excluded.reduce_only,
              client_order_id = excluded.client_order_id, intent_id = excluded.intent_id, raw_json = excluded.raw_json
            """
        );
        _dropOpenOrder = Prepare("DELETE FROM oms_open_orders WHERE exchange_order_id = ?1");
        _putReconcile = Prepare(
            """
            INSERT INTO oms_reconcile_events (ts_ms, kind, symbol, intent_id, client_order_id, exchange_order_id, result, detail_json)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """
        );
        _putAudit = Prepare("INSERT INTO audit_events (timestamp, symbol, event, level, data_json) VALUES (?1, ?2, ?3, ?4, ?5)");
        _putDecision = Prepare(
            """
            INSERT INTO decision_events (id, timestamp_ms, symbol, event_type, status, decision_phase, parent_decision_id, triggered_by, action_taken,
              rejection_reason, context_json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """
        );
        _putSignal = Prepare(
            """
            INSERT INTO signals (timestamp, symbol, signal, confidence, price, rsi, ema_fast, ema_slow, meta_json)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        );
        _putStreamEvent = Prepare("INSERT INTO ws_events (ts, channel, data_json) VALUES (?1, ?2, ?3)");
        _pruneStreamEvents = Prepare(
            string.Create(
                CultureInfo.InvariantCulture,
                $"DELETE FROM ws_events WHERE id <= last_insert_rowid() - {StreamEventsKept}"
            )
        );
        _putKill = Prepare(
            """
            INSERT INTO kill_latches (name, mode, since_ts_ms, reason, lifts_ts_ms) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (name) DO UPDATE SET mode = excluded.mode, since_ts_ms = excluded.since_ts_ms, reason = excluded.reason,
              lifts_ts_ms = excluded.lifts_ts_ms
            """
        );
        _dropKill = Prepare("DELETE FROM kill_latches WHERE name = ?1");
        _putKillHistory = Prepare(
            "INSERT INTO kill_history (name, mode, ts_ms, reason, changed_by, lifts_ts_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        );
        _putPositionState = Prepare(
            """
            INSERT OR REPLACE INTO position_state (symbol, open_fill_tid, open_exchange_order_id, open_fill_leg, trailing_sl, last_funding_time, adds_count,
              tp1_taken, last_add_time, entry_adx_threshold, updated_at, updated_ts_ms, open_trade_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
              (SELECT id FROM trades WHERE account = ?13 AND fill_tid = ?2 AND exchange_order_id = CAST(?3 AS TEXT) AND fill_leg = ?4))
            """
        );
        _dropPositionState = Prepare("DELETE FROM position_state WHERE symbol = ?1");
        _putState = Prepare(
            "INSERT INTO ledger_state (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        );
        _dropState = Prepare("DELETE FROM ledger_state WHERE key = ?1");
    }

    private void Note(LedgerRow row)
    {
        switch (row)
        {
            case LedgerRow.OpenOrderSeen r:
                Note(r);
                break;
            case LedgerRow.OpenOrderGone r:
                _dropOpenOrder.Text(LedgerText.VenueId(r.VenueOrderId)).Run();
                break;
            case LedgerRow.ReconcileNoted r:
                Note(r);
                break;
            case LedgerRow.AuditNoted r:
                _putAudit
                    .Text(LedgerText.Timestamp(r.TimeMs))
                    .Text(r.Symbol)
                    .Text(r.Event)
                    .Text(LedgerNames.Of(r.Level))
                    .Text(r.DataJson)
                    .Run();
                break;
            case LedgerRow.DecisionNoted r:
                Note(r);
                break;
            case LedgerRow.SignalSeen r:
                Note(r);
                break;
            case LedgerRow.StreamEventSeen r:
                _putStreamEvent.Int(r.TimeMs).Text(r.Channel).Text(r.DataJson).Run();
                _pruneStreamEvents.Run();
                break;
            case LedgerRow.KillChanged r:
                Note(r);
                break;
            case LedgerRow.PositionKept r:
                Note(r);
                break;
            case LedgerRow.PositionGone r:
                _dropPositionState.Text(r.Symbol).Run();
                break;
            case LedgerRow.CursorKept r:
                _cursor = r.Cursor;
                break;
            case LedgerRow.NonceKept r:
                Note(r);
                break;
            case LedgerRow.StateKept r:
                Note(r);
                break;
            case LedgerRow.JournalAt r:
                Note(r);
                break;
            default:
                throw new LedgerLawException("row", $"a row of kind {row.GetType().Name}, which this ledger does not know");
        }
    }

    private void Note(LedgerRow.OpenOrderSeen r) =>
        _putOpenOrder
            .Text(LedgerText.VenueId(r.VenueOrderId))
            .Int(r.SeenMs)
            .Text(r.Symbol)
            .Text(LedgerNames.OfSide(r.IsBuy))
            .Money(r.Price)
            .Money(r.OriginalSize)
            .Money(r.RemainingSize)
            .Int(r.ReduceOnly is bool only ? (only ? 1 : 0) : null)
            .Text(LedgerText.OrNull(r.ClientOrderId))
            .Text(r.IntentId)
            .Text(r.RawJson)
            .Run();

    private void Note(LedgerRow.ReconcileNoted r) =>
        _putReconcile
            .Int(r.TimeMs)
            .Text(r.Kind)
            .Text(r.Symbol)
            .Text(r.IntentId)
            .Text(LedgerText.OrNull(r.ClientOrderId))
            .Text(LedgerText.VenueId(r.VenueOrderId))
            .Text(r.Result)
            .Text(r.DetailJson)
            .Run();

    private void Note(LedgerRow.DecisionNoted r) =>
        _putDecision
            .Text(r.Id)
            .Int(r.TimeMs)
            .Text(r.Symbol)
            .Text(r.EventType)
            .Text(r.Status)
            .Text(r.Phase)
            .Text(r.ParentId)
            .Text(r.TriggeredBy)
            .Text(r.Action)
            .Text(r.RejectionReason)
            .Text(r.ContextJson)
            .Run();

    private void Note(LedgerRow.SignalSeen r) =>
        _putSignal
            .Text(LedgerText.Timestamp(r.TimeMs))
            .Text(r.Symbol)
            .Text(r.Signal)
            .Text(r.Confidence)
            .Real(r.Price)
            .Real(r.Rsi)
            .Real(r.EmaFast)
            .Real(r.EmaSlow)
            .Text(r.MetaJson)
            .Run();

    private void Note(LedgerRow.KillChanged r)
    {
        if (r.Mode is not (null or "close_only" or "halt_all" or "hard"))
        {
            throw new LedgerLawException(
                "kill_mode",
                $"kill '{r.Name}' of mode '{r.Mode}'; it is close_only, halt_all, hard, or none"
            );
        }

        if (r.Mode is null)
        {
            _dropKill.Text(r.Name).Run();
        }
        else
        {
            _putKill.Text(r.Name).Text(r.Mode).Int(r.AtMs).Text(r.Reason).Int(r.LiftsAtMs).Run();
        }

        _putKillHistory.Text(r.Name).Text(r.Mode).Int(r.AtMs).Text(r.Reason).Text(r.By).Int(r.LiftsAtMs).Run();
    }

    private void Note(LedgerRow.PositionKept r) =>
        _putPositionState
            .Text(r.Symbol)
            .Int(r.OpenTradeFill?.TradeId)
            .Int(r.OpenTradeFill?.VenueOrderId)
            .Int(r.OpenTradeFill?.Leg)
            .Real(r.TrailingStop)
            .Int(r.LastFundingMs)
            .Int(r.Adds)
            .Flag(r.Tp1Taken)
            .Int(r.LastAddMs)
            .Real(r.EntryAdxThreshold)
            .Text(LedgerText.Timestamp(r.UpdatedMs))
            .Int(r.UpdatedMs)
            .Text(_head.Account)
            .Run();

    private void Note(LedgerRow.NonceKept r)
    {
        if (r.Floor < _head.NonceFloor)
        {
            throw new LedgerLawException("nonce", $"the nonce floor falls from {_head.NonceFloor} to {r.Floor}");
        }

        _head = _head with { NonceFloor = r.Floor };
    }

    private void Note(LedgerRow.StateKept r)
    {
        if (r.Value is not ReadOnlyMemory<byte> value)
        {
            _dropState.Text(r.Key).Run();
            return;
        }

        if (value.Length > MaxState)
        {
            throw new LedgerLawException("state_size", $"state '{r.Key}' has {value.Length} bytes; at most {MaxState} are kept");
        }

        _putState.Text(r.Key).Blob(value.Span).Run();
    }

    private void Note(LedgerRow.JournalAt r)
    {
        if (_hasJournal)
        {
            throw new LedgerLawException("journal", "a batch says twice how far the journal had come");
        }

        _hasJournal = true;
        _head = _head with { Journal = r.Position };
    }
}
