using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>
/// Who writes: the locks that say it to the machine, and the row that says it to people. A row that a dead process left is taken over, with a note; the
/// locks alone decide, for the machine lets go of them when their holder dies.
/// </summary>
internal sealed class LedgerLease : IDisposable
{
    private readonly List<LaneLock> _locks = [];

    private LedgerLease() { }

    /// <summary>Takes the locks of a ledger and of its account.</summary>
    /// <exception cref="KedgeException">Somebody else trades on it (exit 3).</exception>
    public static LedgerLease Lock(SqliteLedgerOptions options, long nowMs)
    {
        LedgerLease lease = new();
        if (options.FileSystem is not null)
        {
            return lease;
        }

        try
        {
            lease._locks.Add(LaneLock.Take(options.Path + ".lock", $"the ledger {options.Path}", options.Lane, nowMs));
            if (options.AccountLocks is not null)
            {
                string name = string.Concat(options.Account.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
                lease._locks.Add(
                    LaneLock.Take(
                        Path.Combine(options.AccountLocks, $"account-{name}.lock"),
                        $"the account {options.Account}",
                        options.Lane,
                        nowMs
                    )
                );
            }
        }
        catch
        {
            lease.Dispose();
            throw;
        }

        return lease;
    }

    /// <summary>Makes the ledger this lane's if it is nobody's, and writes down who holds it. In one transaction.</summary>
    /// <returns>The holder that died without letting go; null when there was none.</returns>
    /// <exception cref="KedgeException">It belongs to another lane or account (exit 3).</exception>
    public static string? Claim(SqliteDatabase database, SqliteLedgerOptions options, long nowMs)
    {
        // A simulation runs the same, to the byte, on every machine.
        bool isSimulated = options.FileSystem is not null;
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            RequireOwn(database, options);
            string? stale = Stale(database);
            using LedgerStatement put = new(
                database,
                "INSERT OR REPLACE INTO ledger_lease (id, lane, account, host, pid, taken_ts_ms, is_held) VALUES (1, ?1, ?2, ?3, ?4, ?5, 1)"
            );
            put.Text(options.Lane)
                .Text(options.Account)
                .Text(isSimulated ? "simulation" : Environment.MachineName)
                .Int(isSimulated ? 0 : Environment.ProcessId)
                .Int(nowMs)
                .Run();
            if (stale is not null)
            {
                using LedgerStatement note = new(
                    database,
                    "INSERT INTO audit_events (timestamp, event, level, data_json) VALUES (?1, 'LEDGER_TAKEN_OVER', 'warn', json_object('from', ?2))"
                );
                note.Text(LedgerText.Timestamp(nowMs)).Text(stale).Run();
            }

            database.Execute("COMMIT");
            return stale;
        }
        catch
        {
            LedgerErrors.RollBack(database);
            throw;
        }
    }

    /// <summary>Writes down that nobody holds it any more; a failure leaves the row, which the next holder takes over.</summary>
    public static void Release(SqliteDatabase database)
    {
        try
        {
            using LedgerStatement put = new(database, "UPDATE ledger_lease SET is_held = 0 WHERE id = 1");
            put.Run();
        }
        catch (KedgeException)
        {
            // As after a crash.
        }
    }

    public void Dispose()
    {
        foreach (LaneLock held in _locks)
        {
            held.Dispose();
        }
    }

    private static void RequireOwn(SqliteDatabase database, SqliteLedgerOptions options)
    {
        LedgerHead? head = new LedgerReader(database).Head();
        if (head is null)
        {
            using LedgerStatement put = new(
                database,
                "INSERT INTO ledger_head (id, lane, account, arithmetic, last_batch, sequence, nonce_floor, pnl_usd, fees_usd, funding_usd, transfers_usd, "
                    + "adjustments_usd) VALUES (1, ?1, ?2, ?3, 0, 0, 0, '0', '0', '0', '0', '0')"
            );
            put.Text(options.Lane).Text(options.Account).Text(options.IsDouble ? "double" : "decimal").Run();
            return;
        }

        if (head.Lane != options.Lane || head.Account != options.Account || head.IsDouble != options.IsDouble)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{options.Path}: is the ledger of lane '{head.Lane}' on account '{head.Account}' ({Mode(head.IsDouble)}), not of lane '{options.Lane}' on "
                    + $"'{options.Account}' ({Mode(options.IsDouble)}); name another file, or start the lane it belongs to"
            );
        }
    }

    private static string Mode(bool isDouble) => isDouble ? "paper" : "live";

    private static string? Stale(SqliteDatabase database)
    {
        using LedgerStatement row = new(
            database,
            "SELECT 'lane ' || lane || ', process ' || pid || ' on ' || host FROM ledger_lease WHERE is_held = 1"
        );
        return row.Step() ? row.TextAt(0) : null;
    }
}
