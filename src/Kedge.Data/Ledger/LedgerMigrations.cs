using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Ledger;

/// <summary>Brings a database to this program's version of the ledger's tables, or refuses one it does not know.</summary>
internal static class LedgerMigrations
{
    private const string First = "kedge-ledger-0001";

    /// <summary>Applies what is missing, in one transaction.</summary>
    /// <param name="database">The database.</param>
    /// <param name="nowMs">Stamp of what is applied, UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">It was written by a later version, or by another program (exit 4).</exception>
    public static void Apply(SqliteDatabase database, long nowMs)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            HashSet<string> applied = Applied(database);
            RequireKnown(database, applied);
            if (!applied.Contains(First))
            {
                RequireNoOthers(database);
                database.Execute(
                    "CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL)"
                );
                database.Execute(LedgerTables.Orders);
                database.Execute(LedgerTables.Account);
                database.Execute(LedgerTables.Notes);
                database.Execute(LedgerRules.Transitions());
                database.Execute(LedgerRules.Triggers());
                database.Execute(LedgerRules.RealViews());
                using SqliteStatement put = database.Prepare("INSERT INTO schema_migrations (id, applied_at) VALUES (?1, ?2)");
                put.Bind(1, First);
                put.Bind(2, LedgerText.Timestamp(nowMs));
                put.Run();
            }

            database.Execute("COMMIT");
        }
        catch
        {
            LedgerErrors.RollBack(database);
            throw;
        }
    }

    /// <summary>Opens a ledger for reading; it may be in use.</summary>
    /// <exception cref="KedgeException">It is not there, is no ledger, or one of another version (exit 4).</exception>
    public static SqliteDatabase OpenReadOnly(string path)
    {
        if (!File.Exists(path))
        {
            throw KedgeException.Environment($"{path}: no such file; name the database a lane trades into");
        }

        SqliteDatabase database = SqliteDatabase.OpenReadOnly(path);
        try
        {
            HashSet<string> applied = Applied(database);
            RequireKnown(database, applied);
            if (!applied.Contains(First))
            {
                throw KedgeException.Environment($"{path}: is no ledger; name the database a lane trades into");
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static HashSet<string> Applied(SqliteDatabase database)
    {
        HashSet<string> applied = new(StringComparer.Ordinal);
        using SqliteStatement there = database.Prepare(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
        );
        if (there.Step())
        {
            using SqliteStatement rows = database.Prepare("SELECT id FROM schema_migrations");
            while (rows.Step())
            {
                applied.Add(rows.Text(0));
            }
        }

        return applied;
    }

    private static void RequireKnown(SqliteDatabase database, HashSet<string> applied)
    {
        string? later = applied.Where(id => id != First).Order(StringComparer.Ordinal).FirstOrDefault();
        if (later is not null)
        {
            throw KedgeException.Environment(
                $"{database.Path}: holds '{later}', which this program does not know: a later version wrote it; use that version, or another file"
            );
        }
    }

    private static void RequireNoOthers(SqliteDatabase database)
    {
        using SqliteStatement rows = database.Prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('oms_intents', 'oms_fills', 'trades', 'candles') ORDER BY name LIMIT 1"
        );
        if (rows.Step())
        {
            throw KedgeException.Environment(
                $"{database.Path}: has a table '{rows.Text(0)}' that no ledger of ours made; name another file for the ledger"
            );
        }
    }
}
