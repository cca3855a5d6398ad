using SQLitePCL;

namespace Kedge.Simulation.Tests.Disk;

/// <summary>A plain connection, on a simulated disk or on the machine's. Result codes are told, not thrown: a crash is one.</summary>
internal sealed class Sql : IDisposable
{
    private readonly sqlite3 _connection;

    static Sql() => Batteries_V2.Init();

    public Sql(string path, string? vfs)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        Code = raw.sqlite3_open_v2(path, out _connection, flags, vfs);
        raw.sqlite3_extended_result_codes(_connection, 1);
    }

    /// <summary>Of the last call.</summary>
    public int Code { get; private set; }

    /// <summary>As a ledger is opened. False when the process died on the way.</summary>
    public static bool TryOpen(string path, string? vfs, string synchronous, out Sql opened)
    {
        opened = new Sql(path, vfs);
        return opened.Code == raw.SQLITE_OK
            && opened.Do(
                "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=20; PRAGMA synchronous="
                    + synchronous
            );
    }

    public bool Do(string sql)
    {
        Code = raw.sqlite3_exec(_connection, sql);
        return Code == raw.SQLITE_OK;
    }

    public List<string> Query(string sql)
    {
        List<string> rows = [];
        Code = raw.sqlite3_prepare_v2(_connection, sql, out sqlite3_stmt statement);
        using (statement)
        {
            while (Code == raw.SQLITE_OK && (Code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                string[] columns = new string[raw.sqlite3_column_count(statement)];
                for (int i = 0; i < columns.Length; i++)
                {
                    columns[i] = raw.sqlite3_column_text(statement, i).utf8_to_string();
                }

                rows.Add(string.Join('|', columns));
                Code = raw.SQLITE_OK;
            }
        }

        return rows;
    }

    public void Dispose() => _connection.Dispose();
}
