using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class LedgerLawTests : IDisposable
{
    private readonly TestLedger _ledger = new();
    private readonly LedgerRow.IntentCreated _first = Rows.Intent(1) with { DedupeKey = "OPEN:BTC:BUY:1" };

    public LedgerLawTests() => _ledger.Ok(_first, Rows.To(_first, IntentStatus.Submitting));

    [Fact]
    public void A_batch_with_one_illegal_row_changes_nothing()
    {
        string before = _ledger.Content();
        LedgerRow.IntentCreated intent = Rows.Intent(2);
        string law = _ledger.Broken(
            intent,
            Rows.Foreign(1, "BTC", isBuy: true, 1m),
            Rows.Snapshot(1),
            new LedgerRow.CursorKept(new(1, [(1, 1)], 1, 1, ["k"])),
            new LedgerRow.StateKept("account", new byte[] { 1 }),
            Rows.To(intent, IntentStatus.Partial)
        );
        Assert.Equal("transition", law);
        Assert.Equal(before, _ledger.Content());
        _ledger.Ok(new LedgerRow.CursorKept(new(1, [(1, 1)], 1, 1, ["k"])), Rows.Intent(2));
        Assert.Equal([(1L, 1L)], _ledger.Reopened().Cursor!.FillKeys);
        _ledger.Agrees();
    }

    [Fact]
    public void One_intent_holds_a_dedupe_key_until_it_is_held_back()
    {
        LedgerRow.IntentCreated second = Rows.Intent(2) with { DedupeKey = _first.DedupeKey };
        Assert.Equal("dedupe_key", _ledger.Broken(second));
        LedgerRow.IntentCreated other = Rows.Intent(3) with { DedupeKey = "OPEN:ETH:BUY:1" };
        _ledger.Ok(other, Rows.To(other, IntentStatus.Blocked, "risk: RATE"));
        Assert.Null(_ledger.Ledger.Find(other.IntentId)!.Intent.DedupeKey);
        _ledger.Ok(Rows.Intent(4) with { DedupeKey = other.DedupeKey });
        _ledger.Agrees();
    }

    [Fact]
    public void A_refused_intent_keeps_its_dedupe_key()
    {
        _ledger.Ok(Rows.To(_first, IntentStatus.Rejected, "venue: margin"));
        Assert.Equal("dedupe_key", _ledger.Broken(Rows.Intent(2) with { DedupeKey = _first.DedupeKey }));
    }

    [Fact]
    public void Ids_and_sequences_are_used_once()
    {
        Assert.Equal("intent_twice", _ledger.Broken(Rows.Intent(2) with { IntentId = _first.IntentId }));
        Assert.Equal("client_order_id", _ledger.Broken(Rows.Intent(2) with { ClientOrderId = _first.ClientOrderId }));
        Assert.Equal("client_order_id", _ledger.Broken(Rows.Intent(2) with { ClientOrderId = default }));
        Assert.Equal("sequence", _ledger.Broken(Rows.Intent(2) with { Sequence = 1 }));
    }

    [Fact]
    public void A_venue_order_belongs_to_one_intent_and_never_to_another()
    {
        LedgerRow.IntentCreated second = Rows.Intent(2);
        _ledger.Ok(Rows.To(_first, IntentStatus.Sent, venueOrderId: 5), second, Rows.To(second, IntentStatus.Submitting));
        Assert.Equal("venue_order_id", _ledger.Broken(Rows.To(second, IntentStatus.Sent, venueOrderId: 5)));
        Assert.Equal("venue_order_id", _ledger.Broken(Rows.To(_first, IntentStatus.Sent, venueOrderId: 6, isFirst: false)));
        Assert.Equal("venue_order_id", _ledger.Broken(Rows.Fill(_first, 1, 6)));
    }

    [Fact]
    public void A_fill_is_booked_once_and_belongs_to_one_thing()
    {
        _ledger.Ok(Rows.To(_first, IntentStatus.Sent, venueOrderId: 5), Rows.Fill(_first, 1, 5));
        string before = _ledger.Content();
        Assert.Equal("fill_twice", _ledger.Broken(Rows.Fill(_first, 1, 5)));
        Assert.Equal("fill_twice", _ledger.Broken(Rows.Fill(_first, 1, 5) with { FillHash = "" }));
        Assert.Equal("fill_owner", _ledger.Broken(Rows.Fill(_first, 2, 5) with { IntentId = null }));
        Assert.Equal("fill_owner", _ledger.Broken(Rows.Fill(_first, 2, 5) with { Adjustment = AdjustmentKind.Foreign }));
        Assert.Equal("intent_unknown", _ledger.Broken(Rows.Fill(_first, 2, 5) with { IntentId = "none" }));
        Assert.Equal("fill_symbol", _ledger.Broken(Rows.Fill(_first, 2, 5) with { Symbol = "ETH" }));
        Assert.Equal("fill_symbol", _ledger.Broken(Rows.Fill(_first, 2, 5) with { IsBuy = false }));
        Assert.Equal("fill_size", _ledger.Broken(Rows.Fill(_first, 2, 5, 0m)));
        Assert.Equal("meta", _ledger.Broken(Rows.Fill(_first, 2, 5) with { MetaJson = "[]" }));
        Assert.Equal(before, _ledger.Content());
    }

    [Fact]
    public void Both_sides_of_one_trade_are_two_fills()
    {
        _ledger.Ok(
            Rows.Foreign(1, "BTC", isBuy: true, 1m),
            Rows.Foreign(1, "BTC", isBuy: false, 1m) with
            {
                Key = new(Rows.Account, 1, 2, 0),
            }
        );
        Assert.Empty(_ledger.Ledger.Load().Positions);
    }

    [Fact]
    public void Fills_with_the_hash_of_nothing_are_told_apart()
    {
        string zero = "0x" + new string('0', 64);
        _ledger.Ok(
            Rows.Foreign(1, "BTC", isBuy: true, 1m) with
            {
                FillHash = zero,
            },
            Rows.Foreign(2, "BTC", isBuy: true, 1m) with
            {
                FillHash = zero,
            }
        );
        Assert.Equal("2", _ledger.Ledger.Load().Positions["BTC"].ToString());
    }

    [Fact]
    public void What_was_never_sent_is_not_filled()
    {
        LedgerRow.IntentCreated would = Rows.Intent(2);
        _ledger.Ok(would, Rows.To(would, IntentStatus.Would, "dry live"));
        Assert.Equal("fill_state", _ledger.Broken(Rows.Fill(would, 1, 5)));
    }

    [Fact]
    public void An_end_needs_evidence_and_only_a_late_fill_leads_out_of_it()
    {
        Assert.Equal("evidence", _ledger.Broken(Rows.To(_first, IntentStatus.Cancelled)));
        _ledger.Ok(Rows.To(_first, IntentStatus.Cancelled, "venue: cancelled"));
        Assert.Equal("transition", _ledger.Broken(Rows.To(_first, IntentStatus.Filled, "fill 1")));
        Assert.Equal("evidence", _ledger.Broken(Rows.To(_first, IntentStatus.PartialCancelled) with { IsLateFill = true }));
        _ledger.Ok(
            Rows.Fill(_first, 1, 5, 0.1m),
            Rows.To(_first, IntentStatus.PartialCancelled, "fill 1") with
            {
                IsLateFill = true,
            }
        );
        Assert.Equal(1, _ledger.Count("oms_intent_history WHERE is_late_fill = 1 AND from_status = 'CANCELLED'"));
        _ledger.Agrees();
    }

    [Fact]
    public void The_time_of_sending_is_there_exactly_when_it_was_sent()
    {
        Assert.Equal("sent_ts", _ledger.Broken(Rows.To(_first, IntentStatus.Sent, isFirst: false)));
        Assert.Equal("sent_ts", _ledger.Broken(Rows.To(_first, IntentStatus.Rejected, "e") with { SentMs = 1 }));
        _ledger.Ok(Rows.To(_first, IntentStatus.Unknown));
        Assert.Equal("sent_ts", _ledger.Broken(Rows.To(_first, IntentStatus.Sent)));
    }

    [Fact]
    public void Money_that_moved_once_is_booked_once()
    {
        LedgerRow.FundingBooked funding = new(Rows.Account, 1, "BTC", 1m, 1m, 0.1m, null, 1m, "", "");
        LedgerRow.TransferBooked transfer = new(Rows.Account, 1, "deposit", 1m, "k", "");
        _ledger.Ok(funding, transfer, Rows.Adjustment("k", "BTC", 1m, 0m));
        Assert.Equal("funding_twice", _ledger.Broken(funding with { Usd = 2m }));
        Assert.Equal("transfer_twice", _ledger.Broken(transfer));
        Assert.Equal("adjustment_twice", _ledger.Broken(Rows.Adjustment("k", "BTC", 2m, 0m)));
        Assert.Equal("evidence", _ledger.Broken(Rows.Adjustment("l", "BTC", 2m, 0m) with { Evidence = "" }));
        Assert.Equal("adjustment_symbol", _ledger.Broken(Rows.Adjustment("l", null, 2m, 0m)));
    }

    [Fact]
    public void Rows_of_another_lane_or_account_are_refused()
    {
        Assert.Equal("lane", _ledger.Broken(Rows.Intent(2) with { Lane = "other" }));
        Assert.Equal("account", _ledger.Broken(Rows.Foreign(1, "BTC", isBuy: true, 1m) with { Key = new("0xdef", 1, 1, 0) }));
        Assert.Equal("account", _ledger.Broken(Rows.Snapshot(1) with { Account = "0xdef" }));
        Assert.Equal("intent_unknown", _ledger.Broken(Rows.To(Rows.Intent(9), IntentStatus.Submitting)));
        Assert.Equal("kill_mode", _ledger.Broken(new LedgerRow.KillChanged("k", "pause", 1, "", "", null)));
    }

    [Fact]
    public void Batches_and_nonces_rise()
    {
        Assert.Equal(
            "batch_order",
            Assert.Throws<LedgerLawException>(() => _ledger.Ledger.Commit(new LedgerBatch(1, [Rows.Intent(2)]))).Law
        );
        Assert.True(_ledger.Ledger.Commit(new LedgerBatch(9, [new LedgerRow.NonceKept(1_000)])).IsOk);
        Assert.Equal(
            "nonce",
            Assert
                .Throws<LedgerLawException>(() => _ledger.Ledger.Commit(new LedgerBatch(10, [new LedgerRow.NonceKept(999)])))
                .Law
        );
        Assert.Equal((9, 1_000), (_ledger.Ledger.Load().LastBatch, _ledger.Ledger.Load().NonceFloor));
    }

    [Theory]
    [InlineData("UPDATE oms_intent_history SET evidence = 'x'")]
    [InlineData("DELETE FROM oms_intent_history")]
    [InlineData("UPDATE oms_fills SET price = '1'")]
    [InlineData("DELETE FROM oms_fills")]
    [InlineData("DELETE FROM trades")]
    [InlineData("UPDATE oms_adjustments SET cash_change = '0'")]
    [InlineData("DELETE FROM kill_history")]
    [InlineData("DELETE FROM oms_intents")]
    [InlineData("UPDATE oms_intents SET requested_size = '1'")]
    [InlineData("UPDATE oms_intents SET status = 'NEW'")]
    [InlineData("UPDATE oms_intents SET status = 'LOST'")]
    [InlineData("DELETE FROM oms_transitions")]
    public void Other_programs_cannot_change_history_either(string sql)
    {
        _ledger.Ok(
            Rows.Foreign(1, "BTC", isBuy: true, 1m),
            Rows.Adjustment("k", "BTC", 1m, 1m),
            new LedgerRow.KillChanged("file", "halt_all", 1, "", "file", null)
        );
        string before = _ledger.Content();
        Assert.Throws<KedgeException>(() => Db.Execute(_ledger.Path, sql));
        Assert.Equal(before, _ledger.Content());
    }

    [Fact]
    public void Others_read_while_a_batch_is_written()
    {
        using SqliteDatabase reader = SqliteDatabase.OpenReadOnly(_ledger.Path);
        reader.Execute("BEGIN");
        Assert.Equal(["1"], LedgerDump.Names(reader, "SELECT count(*) FROM oms_intents"));
        _ledger.Ok(Rows.Intent(2, "ETH", OrderAction.Open));
        Assert.Equal(["1"], LedgerDump.Names(reader, "SELECT count(*) FROM oms_intents"));
        reader.Execute("COMMIT");
        Assert.Equal(["2"], LedgerDump.Names(reader, "SELECT count(*) FROM oms_intents"));
    }

    public void Dispose() => _ledger.Dispose();
}
