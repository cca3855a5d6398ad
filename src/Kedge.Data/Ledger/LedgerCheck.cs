using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>
/// Replays a ledger's history and compares what comes out with what the ledger says now: states from the history of intents, sizes, positions and cash
/// from fills, fundings, transfers and adjustments, kills from theirs.
/// </summary>
public sealed class LedgerCheck
{
    private const int MaxProblems = 1_000;
    private readonly SqliteDatabase _database;
    private readonly LedgerHead _head;
    private readonly List<string> _problems = [];

    private LedgerCheck(SqliteDatabase database, LedgerHead head)
    {
        _database = database;
        _head = head;
    }

    /// <summary>Checks a ledger; it may be in use.</summary>
    /// <param name="path">The database.</param>
    /// <returns>What is wrong, one line each, at most 1,000; empty when everything agrees.</returns>
    /// <exception cref="KedgeException">It cannot be read, or is no ledger (exit 4).</exception>
    public static IReadOnlyList<string> Run(string path)
    {
        using SqliteDatabase database = LedgerMigrations.OpenReadOnly(path);
        database.Execute("BEGIN");
        LedgerHead head =
            new LedgerReader(database).Head()
            ?? throw KedgeException.Environment($"{path}: belongs to no lane; name another ledger");
        LedgerCheck check = new(database, head);
        check.Storage();
        check.States();
        check.Filled();
        check.Positions();
        check.Totals();
        check.Trades();
        check.Kills();
        database.Execute("COMMIT");
        return check._problems;
    }

    private void Say(string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(problem);
        }
    }

    private LedgerStatement Rows(string sql) => new(_database, sql);

    private void Storage()
    {
        using LedgerStatement rows = Rows("PRAGMA integrity_check(20)");
        while (rows.Step())
        {
            if (rows.TextAt(0) != "ok")
            {
                Say($"storage: {rows.TextAt(0)}");
            }
        }
    }

    private void States()
    {
        using LedgerStatement rows = Rows(
            """
            SELECT i.intent_id, i.status, i.sent_ts_ms, i.exchange_order_id, i.last_error, h.from_status, h.to_status, h.sent_ts_ms, h.exchange_order_id,
              h.last_error, h.evidence, h.is_late_fill
            FROM oms_intents i LEFT JOIN oms_intent_history h ON h.intent_id = i.intent_id ORDER BY i.sequence, h.id
            """
        );
        IntentReplay? replay = null;
        while (rows.Step())
        {
            string id = rows.TextAt(0);
            if (replay?.Id != id)
            {
                replay?.Compare(Say);
                replay = new IntentReplay(id, rows);
            }

            replay.Next(rows, Say);
        }

        replay?.Compare(Say);
    }

    private void Filled()
    {
        using LedgerStatement rows = Rows(
            """
            SELECT i.intent_id, i.filled_size, i.filled_notional, f.size, f.notional FROM oms_intents i
            LEFT JOIN oms_fills f ON f.intent_id = i.intent_id ORDER BY i.sequence, f.id
            """
        );
        (string Id, string Size, string Notional) said = ("", "0", "0");
        (Amount size, Amount notional) = (default, default);
        while (rows.Step())
        {
            if (rows.TextAt(0) != said.Id)
            {
                Compare();
                said = (rows.TextAt(0), rows.TextAt(1), rows.TextAt(2));
                (size, notional) = (default, default);
            }

            if (rows.MoneyOrNull(3) is Amount filled)
            {
                size = _head.Add(size, filled);
                notional = _head.Add(notional, rows.MoneyAt(4));
            }
        }

        Compare();

        void Compare()
        {
            if (size.ToString() != said.Size || notional.ToString() != said.Notional)
            {
                Say($"intent {said.Id}: filled {said.Size} for {said.Notional}, its fills say {size} for {notional}");
            }
        }
    }

    private void Positions()
    {
        Dictionary<string, Amount> replayed = new(StringComparer.Ordinal);
        using (
            LedgerStatement rows = Rows(
                """
                SELECT symbol, CASE side WHEN 'BUY' THEN size END, size, batch, batch_row FROM oms_fills
                UNION ALL SELECT symbol, size_change, size_change, batch, batch_row FROM oms_adjustments WHERE symbol IS NOT NULL ORDER BY 4, 5
                """
            )
        )
        {
            while (rows.Step())
            {
                string symbol = rows.TextAt(0);
                Amount change = rows.MoneyOrNull(1) ?? -rows.MoneyAt(2);
                replayed[symbol] = _head.Add(replayed.GetValueOrDefault(symbol), change);
            }
        }

        using LedgerStatement said = Rows("SELECT symbol, size FROM ledger_positions");
        while (said.Step())
        {
            _ = replayed.Remove(said.TextAt(0), out Amount size);
            if (size != said.MoneyAt(1))
            {
                Say($"position {said.TextAt(0)}: {said.TextAt(1)}, its fills and adjustments say {size}");
            }
        }

        foreach ((string symbol, Amount size) in replayed.Where(r => !r.Value.IsZero))
        {
            Say($"position {symbol}: none, its fills and adjustments say {size}");
        }
    }

    private void Totals()
    {
        LedgerTotals replayed = new(
            Sum("SELECT pnl_usd FROM oms_fills ORDER BY id"),
            Sum("SELECT fee_usd FROM oms_fills ORDER BY id"),
            Sum("SELECT usd FROM oms_fundings ORDER BY id"),
            Sum("SELECT usd FROM oms_transfers WHERE usd IS NOT NULL ORDER BY id"),
            Sum("SELECT cash_change FROM oms_adjustments ORDER BY id")
        );
        if (replayed != _head.Totals)
        {
            Say($"totals: {_head.Totals}, the rows say {replayed}");
        }
    }

    private Amount Sum(string sql)
    {
        Amount sum = default;
        using LedgerStatement rows = Rows(sql);
        while (rows.Step())
        {
            sum = _head.Add(sum, rows.MoneyAt(0));
        }

        return sum;
    }

    private void Trades()
    {
        const string key = "account, fill_tid, exchange_order_id, fill_leg";
        const string same =
            "t.account = f.account AND t.fill_tid = f.fill_tid AND t.exchange_order_id = f.exchange_order_id AND t.fill_leg = f.fill_leg";
        foreach (
            (string there, string missing, string sql) in (ReadOnlySpan<(string, string, string)>)
                [
                    (
                        "oms_fills",
                        "trades",
                        $"SELECT {key} FROM oms_fills f WHERE NOT EXISTS (SELECT 1 FROM trades t WHERE {same})"
                    ),
                    (
                        "trades",
                        "oms_fills",
                        $"SELECT {key} FROM trades t WHERE fill_tid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM oms_fills f WHERE {same})"
                    ),
                ]
        )
        {
            using LedgerStatement rows = Rows(sql);
            while (rows.Step())
            {
                Say($"fill {rows.IntAt(1)} of order {rows.TextAt(2)}, leg {rows.IntAt(3)}: in {there}, not in {missing}");
            }
        }
    }

    private void Kills()
    {
        using LedgerStatement rows = Rows(
            """
            SELECT h.name, h.mode, k.mode FROM kill_history h LEFT JOIN kill_latches k ON k.name = h.name
            WHERE h.id = (SELECT max(id) FROM kill_history WHERE name = h.name) AND h.mode IS NOT k.mode
            """
        );
        while (rows.Step())
        {
            Say($"kill {rows.TextAt(0)}: {rows.TextOrNull(2) ?? "none"}, its history says {rows.TextOrNull(1) ?? "none"}");
        }
    }
}
