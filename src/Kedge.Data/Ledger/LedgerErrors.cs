using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Ledger;
using SQLitePCL;

namespace Kedge.Data.Ledger;

/// <summary>What SQLite's failures mean for a ledger.</summary>
internal static class LedgerErrors
{
    // Column (or trigger's word) in SQLite's message → the law it stands for.
    private static readonly (string Word, string Law)[] Laws =
    [
        ("oms_intents.intent_id", "intent_twice"),
        ("oms_intents.client_order_id", "client_order_id"),
        ("oms_intents.dedupe_key", "dedupe_key"),
        ("oms_intents.sequence", "sequence"),
        ("oms_intents.exchange_order_id", "venue_order_id"),
        ("exchange_order_id never changes", "venue_order_id"),
        ("illegal change of state", "transition"),
        ("oms_fills.", "fill_twice"),
        ("trades.", "fill_twice"),
        ("oms_fundings.", "funding_twice"),
        ("oms_transfers.", "transfer_twice"),
        ("oms_adjustments.", "adjustment_twice"),
        ("decision_events.id", "decision_twice"),
        ("evidence", "evidence"),
        ("FOREIGN KEY", "intent_unknown"),
    ];

    /// <summary>Whether the failure is a broken law rather than a failing disk.</summary>
    public static bool IsLaw(int code) => (code & 0xff) is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG;

    /// <summary>The broken law of a failure.</summary>
    public static LedgerLawException Law(KedgeException failure)
    {
        foreach ((string word, string law) in Laws)
        {
            if (failure.Message.Contains(word, StringComparison.Ordinal))
            {
                return new LedgerLawException(law, failure.Message, failure);
            }
        }

        return new LedgerLawException("constraint", failure.Message, failure);
    }

    /// <summary>The outcome of a failure.</summary>
    public static LedgerOutcome Outcome(int code, KedgeException failure) =>
        new(
            (code & 0xff) switch
            {
                raw.SQLITE_FULL => LedgerFailure.Full,
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => LedgerFailure.Locked,
                raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => LedgerFailure.Corrupt,
                _ => LedgerFailure.Io,
            },
            failure.Message
        );

    /// <summary>Ends a transaction that failed.</summary>
    public static void RollBack(SqliteDatabase database)
    {
        try
        {
            database.Execute("ROLLBACK");
        }
        catch (KedgeException)
        {
            // A full disk and a failing one make SQLite roll back by itself; then there is nothing left to do.
        }
    }
}
