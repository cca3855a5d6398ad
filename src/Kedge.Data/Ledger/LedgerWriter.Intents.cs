using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <content>Intents, their history, and submits.</content>
internal sealed partial class LedgerWriter
{
    private const int MaxError = 800;
    private LedgerStatement _createIntent = null!;
    private LedgerStatement _putHistory = null!;
    private LedgerStatement _intentState = null!;
    private LedgerStatement _changeIntent = null!;
    private LedgerStatement _fillIntent = null!;
    private LedgerStatement _putOrder = null!;

    private void PrepareIntents()
    {
        _createIntent = Prepare(
            """
            INSERT INTO oms_intents (intent_id, lane, created_ts_ms, symbol, action, side, requested_size, requested_notional, limit_price, entry_atr,
              leverage, decision_ts_ms, strategy, strategy_version, config_id, reason, confidence, dedupe_key, client_order_id, sequence, owner,
              reduce_only, time_in_force, expires_ts_ms, meta_json, status, changed_ts_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, 'NEW', ?3)
            """
        );
        _putHistory = Prepare(
            """
            INSERT INTO oms_intent_history (intent_id, ts_ms, from_status, to_status, sent_ts_ms, exchange_order_id, last_error, evidence,
              is_late_fill, batch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """
        );
        _intentState = Prepare(
            "SELECT status, sent_ts_ms, exchange_order_id, symbol, side, filled_size, filled_notional FROM oms_intents WHERE intent_id = ?1"
        );
        // Empty text in last_error clears it. Only a blocked intent gives its dedupe key back.
        _changeIntent = Prepare(
            """
            UPDATE oms_intents SET status = ?2, changed_ts_ms = ?3, sent_ts_ms = COALESCE(sent_ts_ms, ?4),
              exchange_order_id = COALESCE(?5, exchange_order_id), last_error = CASE WHEN ?6 IS NULL THEN last_error ELSE NULLIF(?6, '') END,
              submitting_ts_ms = CASE WHEN ?2 = 'SUBMITTING' THEN COALESCE(submitting_ts_ms, ?3) ELSE submitting_ts_ms END,
              dedupe_key = CASE WHEN ?2 = 'BLOCKED' THEN NULL ELSE dedupe_key END
            WHERE intent_id = ?1
            """
        );
        _fillIntent = Prepare("UPDATE oms_intents SET filled_size = ?2, filled_notional = ?3 WHERE intent_id = ?1");
        _putOrder = Prepare(
            """
            INSERT INTO oms_orders (intent_id, created_ts_ms, symbol, side, order_type, requested_size, reduce_only, client_order_id,
              exchange_order_id, status, raw_json, batch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """
        );
    }

    private void Create(LedgerRow.IntentCreated r, long batch)
    {
        if (r.Lane != _head.Lane)
        {
            throw new LedgerLawException("lane", $"intent {r.IntentId} of lane '{r.Lane}' in the ledger of lane '{_head.Lane}'");
        }

        if (r.ClientOrderId.IsNone || r.IntentId.Length == 0)
        {
            throw new LedgerLawException("client_order_id", $"intent '{r.IntentId}' has no id to be asked about");
        }

        _createIntent
            .Text(r.IntentId)
            .Text(r.Lane)
            .Int(r.CreatedMs)
            .Text(r.Symbol)
            .Text(LedgerNames.Of(r.Action))
            .Text(LedgerNames.OfSide(r.IsBuy))
            .Money(r.RequestedSize)
            .Money(r.RequestedNotional)
            .Money(r.LimitPrice)
            .Real(r.EntryAtr)
            .Real(r.Leverage)
            .Int(r.DecisionMs)
            .Text(r.Strategy)
            .Text(r.StrategyVersion)
            .Text(r.ConfigId)
            .Text(r.Reason)
            .Text(r.Confidence)
            .Text(r.DedupeKey)
            .Text(r.ClientOrderId.ToString())
            .Int(r.Sequence)
            .Text(LedgerNames.Of(r.Owner))
            .Flag(r.ReduceOnly)
            .Text(LedgerNames.Of(r.TimeInForce))
            .Int(r.ExpiresMs)
            .Text(r.MetaJson)
            .Run();
        PutHistory(r.IntentId, r.CreatedMs, null, IntentStatus.New, null, null, null, "", false, batch);
        _head = _head with { Sequence = Math.Max(_head.Sequence, r.Sequence) };
    }

    private void Change(LedgerRow.IntentChanged r, long batch)
    {
        (IntentStatus from, bool wasSent) = StateOf(r);
        string what = $"intent {r.IntentId}: {IntentTransitions.Name(from)} → {IntentTransitions.Name(r.Status)}";
        if (!(r.IsLateFill ? IntentTransitions.IsLegalLateFill(from, r.Status) : IntentTransitions.IsLegal(from, r.Status)))
        {
            throw new LedgerLawException(
                "transition",
                r.IsLateFill ? $"{what} by a late fill is not legal" : $"{what} is not legal"
            );
        }

        bool isChange = from != r.Status || r.IsLateFill;
        if (isChange && r.Evidence.Length == 0 && IntentTransitions.NeedsEvidence(r.Status, r.IsLateFill))
        {
            throw new LedgerLawException("evidence", $"{what} without evidence");
        }

        bool isSent = r.Status is IntentStatus.Sent or IntentStatus.Unknown;
        if (r.SentMs is null ? isSent && !wasSent : !isSent || wasSent)
        {
            throw new LedgerLawException(
                "sent_ts",
                $"{what}: the time of sending is given when an intent first becomes SENT or UNKNOWN, and only then"
            );
        }

        string? error = r.LastError is { Length: > MaxError } ? r.LastError[..MaxError] : r.LastError;
        _changeIntent
            .Text(r.IntentId)
            .Text(IntentTransitions.Name(r.Status))
            .Int(r.AtMs)
            .Int(r.SentMs)
            .Text(LedgerText.VenueId(r.VenueOrderId))
            .Text(error)
            .Run();
        PutHistory(r.IntentId, r.AtMs, from, r.Status, r.SentMs, r.VenueOrderId, error, r.Evidence, r.IsLateFill, batch);
    }

    private (IntentStatus From, bool WasSent) StateOf(LedgerRow.IntentChanged r)
    {
        if (!_intentState.Text(r.IntentId).Step())
        {
            _intentState.Reset();
            throw new LedgerLawException("intent_unknown", $"no intent {r.IntentId} to change");
        }

        bool isKnown = IntentTransitions.TryParse(_intentState.TextAt(0), out IntentStatus from);
        bool wasSent = _intentState.IntOrNull(1) is not null;
        string? venueId = _intentState.TextOrNull(2);
        _intentState.Reset();
        if (!isKnown)
        {
            throw new LedgerLawException("transition", $"intent {r.IntentId} is in a state this program does not know");
        }

        return venueId is null || r.VenueOrderId is null || venueId == LedgerText.VenueId(r.VenueOrderId)
            ? (from, wasSent)
            : throw new LedgerLawException(
                "venue_order_id",
                $"intent {r.IntentId} is the venue's order {venueId}, not {r.VenueOrderId}"
            );
    }

    private void PutHistory(
        string intentId,
        long atMs,
        IntentStatus? from,
        IntentStatus to,
        long? sentMs,
        long? venueOrderId,
        string? error,
        string evidence,
        bool isLateFill,
        long batch
    ) =>
        _putHistory
            .Text(intentId)
            .Int(atMs)
            .Text(from is IntentStatus f ? IntentTransitions.Name(f) : null)
            .Text(IntentTransitions.Name(to))
            .Int(sentMs)
            .Text(LedgerText.VenueId(venueOrderId))
            .Text(error)
            .Text(evidence)
            .Flag(isLateFill)
            .Int(batch)
            .Run();

    private void Submit(LedgerRow.OrderSubmitted r, long batch) =>
        _putOrder
            .Text(r.IntentId)
            .Int(r.CreatedMs)
            .Text(r.Symbol)
            .Text(LedgerNames.OfSide(r.IsBuy))
            .Text(r.OrderType)
            .Money(r.RequestedSize)
            .Flag(r.ReduceOnly)
            .Text(r.ClientOrderId.ToString())
            .Text(LedgerText.VenueId(r.VenueOrderId))
            .Text(r.IsUnknown ? "UNKNOWN" : "SENT")
            .Text(r.RawJson)
            .Int(batch)
            .Run();
}
