using Kedge.Data.Sqlite;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Data.Ledger;

/// <summary>
/// Reads what a restart needs. Its statements go along indexes and stop at what is open or recent, so that the length of the history does not matter.
/// </summary>
internal sealed class LedgerReader(SqliteDatabase database)
{
    private const string Intent =
        "SELECT intent_id, lane, created_ts_ms, symbol, action, side, requested_size, requested_notional, limit_price, entry_atr, leverage, "
        + "decision_ts_ms, strategy, strategy_version, config_id, reason, confidence, dedupe_key, client_order_id, sequence, owner, reduce_only, "
        + "time_in_force, expires_ts_ms, status, submitting_ts_ms, sent_ts_ms, changed_ts_ms, exchange_order_id, last_error, filled_size, "
        + "filled_notional, CASE WHEN status IN ('NEW', 'SUBMITTING', 'SENT', 'UNKNOWN', 'PARTIAL') OR ?2 THEN meta_json ELSE '' END FROM oms_intents ";

    /// <summary>Work of the last <see cref="Load"/>: rows read.</summary>
    public long RowsRead { get; private set; }

    /// <summary>The head; null when the ledger was never opened for writing.</summary>
    public LedgerHead? Head()
    {
        using LedgerStatement row = new(database, $"SELECT {LedgerHead.Columns} FROM ledger_head");
        return row.Step() ? LedgerHead.Read(row) : null;
    }

    /// <summary>One intent with everything it was created with.</summary>
    public IntentImage? Find(string intentId)
    {
        using LedgerStatement row = new(database, Intent + "WHERE intent_id = ?1");
        return row.Text(intentId).Int(1).Step() ? ReadIntent(row) : null;
    }

    /// <summary>Everything a restart needs but the cursor.</summary>
    public LedgerImage Load(LedgerHead head)
    {
        RowsRead = 0;
        return new LedgerImage
        {
            LastBatch = head.LastBatch,
            Sequence = head.Sequence,
            Journal = head.Journal,
            Cursor = null,
            NonceFloor = head.NonceFloor,
            Totals = head.Totals,
            Intents = Intents(),
            FillKeys = FillKeys(head.Account),
            OpenOrders = OpenOrders(),
            Kills = Kills(),
            State = State(),
            Positions = Positions(),
            PositionStates = PositionStates(head.Account),
            Snapshot = Snapshot(),
        };
    }

    private List<IntentImage> Intents()
    {
        long from = 0;
        using (LedgerStatement row = new(database, "SELECT sequence FROM oms_intents ORDER BY sequence DESC LIMIT 1 OFFSET ?1"))
        {
            if (row.Int(LedgerImage.Recent - 1).Step())
            {
                from = row.IntAt(0);
            }
        }

        List<IntentImage> intents = [];
        const string open =
            "WHERE status IN ('NEW', 'SUBMITTING', 'SENT', 'UNKNOWN', 'PARTIAL') AND sequence < ?1 ORDER BY sequence";
        foreach (string which in (string[])[open, "WHERE sequence >= ?1 ORDER BY sequence"])
        {
            using LedgerStatement rows = new(database, Intent + which);
            rows.Int(from).Int(0);
            while (Next(rows))
            {
                intents.Add(ReadIntent(rows));
            }
        }

        return intents;
    }

    private static IntentImage ReadIntent(LedgerStatement r) =>
        new(
            new LedgerRow.IntentCreated(
                IntentId: r.TextAt(0),
                Lane: r.TextAt(1),
                CreatedMs: r.IntAt(2),
                Symbol: r.TextAt(3),
                Action: LedgerNames.ParseAction(r.TextAt(4)),
                IsBuy: r.TextAt(5) == "BUY",
                RequestedSize: r.MoneyAt(6),
                RequestedNotional: r.MoneyAt(7),
                LimitPrice: r.MoneyOrNull(8),
                EntryAtr: r.RealOrNull(9),
                Leverage: r.RealOrNull(10),
                DecisionMs: r.IntAt(11),
                Strategy: r.TextAt(12),
                StrategyVersion: r.TextAt(13),
                ConfigId: r.TextAt(14),
                Reason: r.TextAt(15),
                Confidence: r.TextAt(16),
                DedupeKey: r.TextOrNull(17),
                ClientOrderId: LedgerText.ClientId(r.TextOrNull(18)),
                Sequence: r.IntAt(19),
                Owner: r.TextAt(20) == "engine" ? IntentOwner.Engine : IntentOwner.Operator,
                ReduceOnly: r.FlagAt(21),
                TimeInForce: LedgerNames.ParseTimeInForce(r.TextAt(22)),
                ExpiresMs: r.IntOrNull(23),
                MetaJson: r.TextAt(32)
            ),
            IntentTransitions.TryParse(r.TextAt(24), out IntentStatus status)
                ? status
                : throw new FormatException($"'{r.TextAt(24)}' is no state"),
            r.IntOrNull(25),
            r.IntOrNull(26),
            r.IntAt(27),
            LedgerText.ParseVenueId(r.TextOrNull(28)),
            r.TextOrNull(29),
            r.MoneyAt(30),
            r.MoneyAt(31)
        );

    private List<FillKey> FillKeys(string account)
    {
        List<FillKey> keys = [];
        using LedgerStatement rows = new(
            database,
            "SELECT fill_tid, exchange_order_id, fill_leg FROM oms_fills ORDER BY id DESC LIMIT ?1"
        );
        rows.Int(LedgerImage.Recent);
        while (Next(rows))
        {
            keys.Add(new FillKey(account, rows.IntAt(0), LedgerText.ParseVenueId(rows.TextAt(1)) ?? 0, (int)rows.IntAt(2)));
        }

        keys.Reverse();
        return keys;
    }

    private List<LedgerRow.OpenOrderSeen> OpenOrders()
    {
        List<LedgerRow.OpenOrderSeen> orders = [];
        using LedgerStatement r = new(
            database,
            "SELECT exchange_order_id, last_seen_ts_ms, symbol, side, price, orig_size, remaining_size, reduce_only, client_order_id, intent_id, raw_json "
                + "FROM oms_open_orders ORDER BY first_seen_ts_ms, exchange_order_id"
        );
        while (Next(r))
        {
            orders.Add(
                new LedgerRow.OpenOrderSeen(
                    LedgerText.ParseVenueId(r.TextAt(0)) ?? 0,
                    r.IntAt(1),
                    r.TextAt(2),
                    r.TextAt(3) == "BUY",
                    r.MoneyAt(4),
                    r.MoneyAt(5),
                    r.MoneyAt(6),
                    r.IntOrNull(7) is long only ? only != 0 : null,
                    LedgerText.ClientId(r.TextOrNull(8)),
                    r.TextOrNull(9),
                    r.TextAt(10)
                )
            );
        }

        return orders;
    }

    private List<KillLatch> Kills()
    {
        List<KillLatch> kills = [];
        using LedgerStatement r = new(
            database,
            "SELECT name, mode, since_ts_ms, reason, lifts_ts_ms FROM kill_latches ORDER BY name"
        );
        while (Next(r))
        {
            kills.Add(new KillLatch(r.TextAt(0), r.TextAt(1), r.IntAt(2), r.TextAt(3), r.IntOrNull(4)));
        }

        return kills;
    }

    private Dictionary<string, ReadOnlyMemory<byte>> State()
    {
        Dictionary<string, ReadOnlyMemory<byte>> state = new(StringComparer.Ordinal);
        using LedgerStatement r = new(database, "SELECT key, value FROM ledger_state");
        while (Next(r))
        {
            state.Add(r.TextAt(0), r.BlobAt(1));
        }

        return state;
    }

    private Dictionary<string, Amount> Positions()
    {
        Dictionary<string, Amount> positions = new(StringComparer.Ordinal);
        using LedgerStatement r = new(database, "SELECT symbol, size FROM ledger_positions");
        while (Next(r))
        {
            positions.Add(r.TextAt(0), r.MoneyAt(1));
        }

        return positions;
    }

    private List<LedgerRow.PositionKept> PositionStates(string account)
    {
        List<LedgerRow.PositionKept> states = [];
        using LedgerStatement r = new(
            database,
            "SELECT symbol, open_fill_tid, open_exchange_order_id, open_fill_leg, trailing_sl, last_funding_time, adds_count, tp1_taken, last_add_time, "
                + "entry_adx_threshold, updated_ts_ms FROM position_state ORDER BY symbol"
        );
        while (Next(r))
        {
            FillKey? opened = r.IntOrNull(1) is long tid ? new FillKey(account, tid, r.IntAt(2), (int)r.IntAt(3)) : null;
            states.Add(
                new LedgerRow.PositionKept(
                    r.TextAt(0),
                    opened,
                    r.RealOrNull(4),
                    r.IntAt(5),
                    (int)r.IntAt(6),
                    r.FlagAt(7),
                    r.IntAt(8),
                    r.RealAt(9),
                    r.IntAt(10)
                )
            );
        }

        return states;
    }

    private LedgerRow.SnapshotTaken? Snapshot()
    {
        using LedgerStatement r = new(
            database,
            "SELECT ts_ms, account, equity, balance, unrealised, margin_used, notional, high_water_mark, day_start_ms, day_start_equity, state_hash, bits "
                + "FROM account_snapshots ORDER BY id DESC LIMIT 1"
        );
        return Next(r)
            ? new LedgerRow.SnapshotTaken(
                r.IntAt(0),
                r.TextAt(1),
                r.MoneyAt(2),
                r.MoneyAt(3),
                r.MoneyAt(4),
                r.MoneyAt(5),
                r.MoneyAt(6),
                r.MoneyAt(7),
                r.IntAt(8),
                r.MoneyAt(9),
                Convert.ToUInt64(r.TextAt(10), 16),
                r.BlobAt(11)
            )
            : null;
    }

    private bool Next(LedgerStatement rows)
    {
        bool isRow = rows.Step();
        RowsRead += isRow ? 1 : 0;
        return isRow;
    }
}
