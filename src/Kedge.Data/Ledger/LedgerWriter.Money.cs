using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <content>Fills, fundings, transfers, adjustments and snapshots.</content>
internal sealed partial class LedgerWriter
{
    private LedgerStatement _putFill = null!;
    private LedgerStatement _putTrade = null!;
    private LedgerStatement _putFunding = null!;
    private LedgerStatement _putTransfer = null!;
    private LedgerStatement _putAdjustment = null!;
    private LedgerStatement _position = null!;
    private LedgerStatement _putPosition = null!;
    private LedgerStatement _dropPosition = null!;
    private LedgerStatement _putSnapshot = null!;

    private void PrepareMoney()
    {
        _putFill = Prepare(
            """
            INSERT INTO oms_fills (account, fill_tid, exchange_order_id, fill_leg, ts_ms, symbol, intent_id, adjustment, client_order_id, action, side,
              pos_type, price, size, notional, fee_usd, fee_token, fee_rate, pnl_usd, fill_hash, matched_via, strategy, raw_json, batch,
              batch_row)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)
            """
        );
        _putTrade = Prepare(
            """
            INSERT INTO trades (timestamp, ts_ms, symbol, type, action, price, size, notional, reason, confidence, pnl, fee_usd, fee_token, fee_rate,
              balance, entry_atr, leverage, margin_used, meta_json, account, strategy, intent_id, fill_hash, fill_tid, exchange_order_id, fill_leg)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)
            """
        );
        _putFunding = Prepare(
            """
            INSERT INTO oms_fundings (account, ts_ms, symbol, usd, size, rate, mark, balance, strategy, meta_json, batch)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """
        );
        _putTransfer = Prepare(
            "INSERT INTO oms_transfers (account, ts_ms, kind, usd, transfer_key, raw_json, batch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        );
        _putAdjustment = Prepare(
            """
            INSERT INTO oms_adjustments (account, ts_ms, kind, adjustment_key, symbol, size_change, cash_change, price, evidence, detail_json,
              batch, batch_row) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """
        );
        _position = Prepare("SELECT size FROM ledger_positions WHERE symbol = ?1");
        _putPosition = Prepare(
            "INSERT INTO ledger_positions (symbol, size) VALUES (?1, ?2) ON CONFLICT (symbol) DO UPDATE SET size = excluded.size"
        );
        _dropPosition = Prepare("DELETE FROM ledger_positions WHERE symbol = ?1");
        _putSnapshot = Prepare(
            """
            INSERT INTO account_snapshots (ts_ms, account, equity, balance, unrealised, margin_used, notional, high_water_mark, day_start_ms,
              day_start_equity, state_hash, bits) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """
        );
    }

    private void Book(LedgerRow.FillBooked r, long batch)
    {
        RequireAccount(r.Key.Account);
        if (r.IntentId is null == r.Adjustment is null)
        {
            throw new LedgerLawException(
                "fill_owner",
                $"fill {r.Key} belongs to an intent or to a named adjustment, to exactly one of them"
            );
        }

        if (r.Size.Sign <= 0 || r.Price.Sign <= 0)
        {
            throw new LedgerLawException("fill_size", $"fill {r.Key} has size {r.Size} and price {r.Price}; both are above zero");
        }

        if (r.IntentId is not null)
        {
            AddToIntent(r);
        }

        _putFill
            .Text(r.Key.Account)
            .Int(r.Key.TradeId)
            .Text(LedgerText.VenueId(r.Key.VenueOrderId))
            .Int(r.Key.Leg)
            .Int(r.TimeMs)
            .Text(r.Symbol)
            .Text(r.IntentId)
            .Text(r.Adjustment is AdjustmentKind kind ? LedgerNames.Of(kind) : null)
            .Text(LedgerText.OrNull(r.ClientOrderId))
            .Text(LedgerNames.Of(r.Action))
            .Text(LedgerNames.OfSide(r.IsBuy))
            .Text(LedgerNames.Of(r.Position))
            .Money(r.Price)
            .Money(r.Size)
            .Money(r.Notional)
            .Money(r.Fee)
            .Text(r.FeeToken)
            .Money(r.FeeRate)
            .Money(r.Pnl)
            .Text(r.FillHash)
            .Text(r.MatchedVia)
            .Text(r.Strategy)
            .Text(r.RawJson)
            .Int(batch)
            .Int(_row)
            .Run();
        _putTrade
            .Text(LedgerText.Timestamp(r.TimeMs))
            .Int(r.TimeMs)
            .Text(r.Symbol)
            .Text(LedgerNames.Of(r.Position))
            .Text(LedgerNames.Of(r.Action))
            .Money(r.Price)
            .Money(r.Size)
            .Money(r.Notional)
            .Text(r.Reason)
            .Text(r.Confidence)
            .Money(r.Pnl)
            .Money(r.Fee)
            .Text(r.FeeToken)
            .Money(r.FeeRate)
            .Money(r.BalanceAfter)
            .Real(r.EntryAtr)
            .Real(r.Leverage)
            .Money(r.MarginUsed)
            .Text(LedgerText.TradeMeta(r))
            .Text(r.Key.Account)
            .Text(r.Strategy)
            .Text(r.IntentId)
            .Text(r.FillHash)
            .Int(r.Key.TradeId)
            .Text(LedgerText.VenueId(r.Key.VenueOrderId))
            .Int(r.Key.Leg)
            .Run();
        Move(r.Symbol, r.IsBuy ? r.Size : -r.Size);
        LedgerTotals t = _head.Totals;
        _head = _head with { Totals = t with { Pnl = _head.Add(t.Pnl, r.Pnl), Fees = _head.Add(t.Fees, r.Fee) } };
    }

    private void AddToIntent(LedgerRow.FillBooked r)
    {
        if (!_intentState.Text(r.IntentId).Step())
        {
            _intentState.Reset();
            throw new LedgerLawException("intent_unknown", $"fill {r.Key} is of intent {r.IntentId}, which there is not");
        }

        string status = _intentState.TextAt(0);
        string? venueId = _intentState.TextOrNull(2);
        bool isSame = _intentState.TextAt(3) == r.Symbol && _intentState.TextAt(4) == LedgerNames.OfSide(r.IsBuy);
        Amount size = _head.Add(_intentState.MoneyAt(5), r.Size);
        Amount notional = _head.Add(_intentState.MoneyAt(6), r.Notional);
        _intentState.Reset();
        if (!isSame)
        {
            throw new LedgerLawException("fill_symbol", $"fill {r.Key} has another symbol or side than its intent {r.IntentId}");
        }

        if (status is "WOULD" or "BLOCKED")
        {
            throw new LedgerLawException(
                "fill_state",
                $"fill {r.Key} is of intent {r.IntentId}, which was never sent ({status})"
            );
        }

        if (venueId is not null && venueId != LedgerText.VenueId(r.Key.VenueOrderId))
        {
            throw new LedgerLawException(
                "venue_order_id",
                $"fill {r.Key} is of intent {r.IntentId}, which is the venue's order {venueId}"
            );
        }

        _fillIntent.Text(r.IntentId).Money(size).Money(notional).Run();
    }

    private void Book(LedgerRow.FundingBooked r, long batch)
    {
        RequireAccount(r.Account);
        _putFunding
            .Text(r.Account)
            .Int(r.TimeMs)
            .Text(r.Symbol)
            .Money(r.Usd)
            .Money(r.Size)
            .Money(r.Rate)
            .Money(r.Mark)
            .Money(r.BalanceAfter)
            .Text(r.Strategy)
            .Text(r.MetaJson)
            .Int(batch)
            .Run();
        Amount size = r.Size.Sign < 0 ? -r.Size : r.Size;
        _putTrade
            .Text(LedgerText.Timestamp(r.TimeMs))
            .Int(r.TimeMs)
            .Text(r.Symbol)
            .Text(r.Size.Sign < 0 ? "SHORT" : "LONG")
            .Text("FUNDING")
            .Money(r.Mark)
            .Money(size)
            .Money(null)
            .Text("Funding")
            .Text("n/a")
            .Money(r.Usd)
            .Money(default(Amount))
            .Text(null)
            .Money(null)
            .Money(r.BalanceAfter)
            .Real(null)
            .Real(null)
            .Money(null)
            .Text(r.MetaJson)
            .Text(r.Account)
            .Text(r.Strategy)
            .Text(null)
            .Text(null)
            .Int(null)
            .Text(null)
            .Int(null)
            .Run();
        _head = _head with { Totals = _head.Totals with { Funding = _head.Add(_head.Totals.Funding, r.Usd) } };
    }

    private void Book(LedgerRow.TransferBooked r, long batch)
    {
        RequireAccount(r.Account);
        _putTransfer.Text(r.Account).Int(r.TimeMs).Text(r.Kind).Money(r.Usd).Text(r.Key).Text(r.RawJson).Int(batch).Run();
        if (r.Usd is Amount usd)
        {
            _head = _head with { Totals = _head.Totals with { Transfers = _head.Add(_head.Totals.Transfers, usd) } };
        }
    }

    private void Book(LedgerRow.AdjustmentBooked r, long batch)
    {
        RequireAccount(r.Account);
        if (r.Evidence.Length == 0)
        {
            throw new LedgerLawException("evidence", $"adjustment '{r.Key}' without evidence");
        }

        if (r.Symbol is null && !r.SizeChange.IsZero)
        {
            throw new LedgerLawException("adjustment_symbol", $"adjustment '{r.Key}' changes the position of no symbol");
        }

        _putAdjustment
            .Text(r.Account)
            .Int(r.TimeMs)
            .Text(LedgerNames.Of(r.Kind))
            .Text(r.Key)
            .Text(r.Symbol)
            .Money(r.SizeChange)
            .Money(r.CashChange)
            .Money(r.Price)
            .Text(r.Evidence)
            .Text(r.DetailJson)
            .Int(batch)
            .Int(_row)
            .Run();
        if (r.Symbol is not null)
        {
            Move(r.Symbol, r.SizeChange);
        }

        _head = _head with { Totals = _head.Totals with { Adjustments = _head.Add(_head.Totals.Adjustments, r.CashChange) } };
    }

    private void Move(string symbol, Amount change)
    {
        if (change.IsZero)
        {
            return;
        }

        Amount before = _position.Text(symbol).Step() ? _position.MoneyAt(0) : default;
        _position.Reset();
        Amount after = _head.Add(before, change);
        if (after.IsZero)
        {
            _dropPosition.Text(symbol).Run();
        }
        else
        {
            _putPosition.Text(symbol).Money(after).Run();
        }
    }

    private void Take(LedgerRow.SnapshotTaken r)
    {
        RequireAccount(r.Account);
        _putSnapshot
            .Int(r.TimeMs)
            .Text(r.Account)
            .Money(r.Equity)
            .Money(r.Balance)
            .Money(r.Unrealised)
            .Money(r.MarginUsed)
            .Money(r.Notional)
            .Money(r.HighWaterMark)
            .Int(r.DayStartMs)
            .Money(r.DayStartEquity)
            .Text(r.StateHash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture))
            .Blob(r.Bits.Span)
            .Run();
    }
}
