using System.Globalization;
using System.Text;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>Laws that the database itself holds, whoever writes into it, and views with numbers for queries.</summary>
internal static class LedgerRules
{
    private static readonly string[] AppendOnly =
    [
        "oms_intent_history",
        "oms_orders",
        "oms_fills",
        "oms_fundings",
        "oms_transfers",
        "oms_adjustments",
        "oms_reconcile_events",
        "trades",
        "account_snapshots",
        "kill_history",
        "audit_events",
        "oms_transitions",
    ];

    private static readonly (string Table, string[] Numbers)[] Views =
    [
        ("oms_intents", ["requested_size", "requested_notional", "limit_price", "filled_size", "filled_notional"]),
        ("oms_orders", ["requested_size"]),
        ("oms_fills", ["price", "size", "notional", "fee_usd", "fee_rate", "pnl_usd"]),
        ("oms_open_orders", ["price", "orig_size", "remaining_size"]),
        ("oms_fundings", ["usd", "size", "rate", "mark", "balance"]),
        ("oms_transfers", ["usd"]),
        ("oms_adjustments", ["size_change", "cash_change", "price"]),
        ("trades", ["price", "size", "notional", "pnl", "fee_usd", "fee_rate", "balance", "margin_used"]),
        (
            "account_snapshots",
            ["equity", "balance", "unrealised", "margin_used", "notional", "high_water_mark", "day_start_equity"]
        ),
        ("ledger_positions", ["size"]),
        ("ledger_head", ["pnl_usd", "fees_usd", "funding_usd", "transfers_usd", "adjustments_usd"]),
    ];

    /// <summary>History is only added to; an intent keeps what it was created as, is never deleted, and changes state only as is legal.</summary>
    public static string Triggers()
    {
        StringBuilder sql = new();
        foreach (string table in AppendOnly)
        {
            sql.Append(
                CultureInfo.InvariantCulture,
                $"""
                CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END;
                CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END;

                """
            );
        }

        return sql.Append(
                """
                CREATE TRIGGER oms_intents_no_delete BEFORE DELETE ON oms_intents BEGIN SELECT RAISE(ABORT, 'an intent is never deleted'); END;
                CREATE TRIGGER oms_intents_as_created BEFORE UPDATE OF intent_id, created_ts_ms, symbol, action, side, requested_size, requested_notional,
                  entry_atr, leverage, decision_ts_ms, strategy_version, reason, confidence, client_order_id, meta_json, lane, strategy, config_id,
                  sequence, owner, reduce_only, time_in_force, limit_price, expires_ts_ms ON oms_intents
                BEGIN SELECT RAISE(ABORT, 'an intent stays as it was created'); END;
                CREATE TRIGGER oms_intents_legal BEFORE UPDATE OF status ON oms_intents WHEN NEW.status <> OLD.status AND NOT EXISTS
                  (SELECT 1 FROM oms_transitions WHERE from_status = OLD.status AND to_status = NEW.status)
                BEGIN SELECT RAISE(ABORT, 'illegal change of state'); END;
                CREATE TRIGGER oms_intents_venue_id BEFORE UPDATE OF exchange_order_id ON oms_intents
                  WHEN OLD.exchange_order_id IS NOT NULL AND NEW.exchange_order_id IS NOT OLD.exchange_order_id
                BEGIN SELECT RAISE(ABORT, 'exchange_order_id never changes'); END;
                CREATE TRIGGER oms_intents_sent BEFORE UPDATE OF sent_ts_ms ON oms_intents
                  WHEN OLD.sent_ts_ms IS NOT NULL AND NEW.sent_ts_ms IS NOT OLD.sent_ts_ms
                BEGIN SELECT RAISE(ABORT, 'sent_ts_ms never changes'); END;

                """
            )
            .ToString();
    }

    /// <summary>Tables with text amounts again, as numbers.</summary>
    public static string RealViews()
    {
        StringBuilder sql = new();
        foreach ((string table, string[] numbers) in Views)
        {
            sql.Append(CultureInfo.InvariantCulture, $"CREATE VIEW {table}_real AS SELECT t.*");
            foreach (string column in numbers)
            {
                sql.Append(CultureInfo.InvariantCulture, $", CAST(t.{column} AS REAL) AS {column}_real");
            }

            sql.Append(CultureInfo.InvariantCulture, $" FROM {table} t;\n");
        }

        return sql.ToString();
    }

    /// <summary>The legal changes of state, from the one place that says them.</summary>
    public static string Transitions()
    {
        StringBuilder sql = new();
        foreach (IntentStatus from in IntentTransitions.All)
        {
            foreach (IntentStatus to in IntentTransitions.All)
            {
                bool isLate = IntentTransitions.IsLegalLateFill(from, to);
                if (from != to && (isLate || IntentTransitions.IsLegal(from, to)))
                {
                    sql.Append(
                        CultureInfo.InvariantCulture,
                        $"INSERT INTO oms_transitions VALUES ('{IntentTransitions.Name(from)}', '{IntentTransitions.Name(to)}', {(isLate ? 1 : 0)});\n"
                    );
                }
            }
        }

        return sql.ToString();
    }
}
