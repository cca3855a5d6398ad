using Kedge.Data.Ledger;
using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class LedgerSchemaTests
{
    // The documented columns; ours come after them.
    private static readonly Dictionary<string, string> Documented = new(StringComparer.Ordinal)
    {
        ["oms_intents"] =
            "intent_id created_ts_ms sent_ts_ms symbol action side requested_size requested_notional entry_atr leverage decision_ts_ms "
            + "strategy_version strategy_sha1 reason confidence status dedupe_key client_order_id exchange_order_id last_error meta_json",
        ["oms_orders"] =
            "id intent_id created_ts_ms symbol side order_type requested_size reduce_only client_order_id exchange_order_id status raw_json",
        ["oms_fills"] =
            "id ts_ms symbol intent_id order_id action side pos_type price size notional fee_usd fee_token fee_rate pnl_usd fill_hash fill_tid "
            + "matched_via raw_json",
        ["oms_open_orders"] =
            "exchange_order_id first_seen_ts_ms last_seen_ts_ms symbol side price orig_size remaining_size reduce_only client_order_id intent_id raw_json",
        ["oms_reconcile_events"] = "id ts_ms kind symbol intent_id client_order_id exchange_order_id result detail_json",
        ["trades"] =
            "id timestamp symbol type action price size notional reason confidence pnl fee_usd fee_token fee_rate balance entry_atr leverage "
            + "margin_used meta_json fill_hash fill_tid",
        ["position_state"] =
            "symbol open_trade_id trailing_sl last_funding_time adds_count tp1_taken last_add_time entry_adx_threshold updated_at",
        ["signals"] = "id timestamp symbol signal confidence price rsi ema_fast ema_slow meta_json",
        ["audit_events"] = "id timestamp symbol event level data_json",
        ["ws_events"] = "id ts channel data_json",
        ["decision_events"] =
            "id timestamp_ms symbol event_type status decision_phase parent_decision_id trade_id triggered_by action_taken rejection_reason context_json",
        ["schema_migrations"] = "id applied_at",
    };

    [Fact]
    public void Documented_tables_have_their_columns()
    {
        using TestLedger ledger = new();
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(ledger.Path);
        foreach ((string table, string columns) in Documented)
        {
            List<string> there = LedgerDump.Names(database, $"SELECT name FROM pragma_table_xinfo('{table}')");
            Assert.Equal(columns, string.Join(' ', there.Take(columns.Split(' ').Length)));
        }
    }

    [Fact]
    public void Every_text_amount_has_a_view_with_its_number()
    {
        using TestLedger ledger = new();
        LedgerRow.IntentCreated intent = Rows.Intent(1);
        ledger.Ok(intent, Rows.Foreign(1, "BTC", isBuy: true, 1m), Rows.Snapshot(1));
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(ledger.Path);
        List<string> views = LedgerDump.Names(database, "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name");
        Assert.Contains("trades_real", views);
        foreach (string view in views)
        {
            foreach (
                string column in LedgerDump.Names(
                    database,
                    $"SELECT name FROM pragma_table_info('{view}') WHERE name LIKE '%_real'"
                )
            )
            {
                Assert.Empty(
                    LedgerDump.Names(database, $"SELECT 1 FROM {view} WHERE {column} IS NOT NULL AND typeof({column}) <> 'real'")
                );
            }
        }
    }

    [Fact]
    public void A_ledger_of_a_later_version_is_refused_and_left_alone()
    {
        using TempFolder folder = new();
        SqliteLedgerOptions options = new(folder["a.db"], Rows.Lane, Rows.Account);
        SqliteLedger.Open(options, Rows.Candle).Dispose();
        Db.Execute(options.Path, "INSERT INTO schema_migrations VALUES ('kedge-ledger-0002', '2030')");
        string before = LedgerDump.Of(options.Path);
        KedgeException refused = Assert.Throws<KedgeException>(() => SqliteLedger.Open(options, Rows.Candle));
        Assert.Equal(FailureKind.Environment, refused.Kind);
        Assert.Contains("a later version wrote it", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, LedgerDump.Of(options.Path));
        Assert.Throws<KedgeException>(() => LedgerCheck.Run(options.Path));
    }

    [Theory]
    [InlineData("CREATE TABLE oms_intents (intent_id TEXT)", "has a table 'oms_intents'")]
    [InlineData("CREATE TABLE candles (t INTEGER)", "has a table 'candles'")]
    public void A_database_of_another_program_is_refused(string sql, string text)
    {
        using TempFolder folder = new();
        Db.Execute(folder["a.db"], sql);
        KedgeException refused = Assert.Throws<KedgeException>(() =>
            SqliteLedger.Open(new SqliteLedgerOptions(folder["a.db"], Rows.Lane, Rows.Account), Rows.Candle)
        );
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_locked_ledger_is_waited_for_and_then_given_up()
    {
        using TempFolder folder = new();
        SqliteLedgerOptions options = new(folder["a.db"], Rows.Lane, Rows.Account) { LockWaitMs = 50 };
        using SqliteLedger ledger = SqliteLedger.Open(options, Rows.Candle);
        using (SqliteDatabase other = SqliteDatabase.OpenWrite(options.Path))
        {
            other.Execute("BEGIN IMMEDIATE");
            Assert.Equal(LedgerFailure.Locked, ledger.Commit(new LedgerBatch(1, [Rows.Intent(1)])).Failure);
            other.Execute("ROLLBACK");
        }

        Assert.True(ledger.Commit(new LedgerBatch(1, [Rows.Intent(1)])).IsOk);
    }

    [Fact]
    public void No_transition_is_in_the_database_that_is_not_legal_and_none_is_missing()
    {
        using TestLedger ledger = new();
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(ledger.Path);
        HashSet<string> there =
        [
            .. LedgerDump.Names(database, "SELECT from_status || '>' || to_status || is_late_fill FROM oms_transitions"),
        ];
        HashSet<string> legal =
        [
            .. from a in IntentTransitions.All
            from b in IntentTransitions.All
            where a != b && (IntentTransitions.IsLegal(a, b) || IntentTransitions.IsLegalLateFill(a, b))
            select $"{IntentTransitions.Name(a)}>{IntentTransitions.Name(b)}{(IntentTransitions.IsLegal(a, b) ? 0 : 1)}",
        ];
        Assert.Equal(legal, there);
    }
}
