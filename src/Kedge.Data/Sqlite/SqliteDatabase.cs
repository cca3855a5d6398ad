using System.Text;
using Kedge.Model;
using SQLitePCL;

namespace Kedge.Data.Sqlite;

/// <summary>One SQLite connection, used by one thread. Every failure is told as a <see cref="KedgeException"/> naming the file.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyTimeoutMs = 5_000;
    private const int ReadOnlyRollback = raw.SQLITE_READONLY | (3 << 8);
    private static readonly Lock InitLock = new();
    private static bool _ready;
    private readonly sqlite3 _connection;

    private SqliteDatabase(string path, sqlite3 connection)
    {
        Path = path;
        _connection = connection;
    }

    /// <summary>The file as the user named it.</summary>
    internal string Path { get; }

    /// <summary>The last failure was a full disk.</summary>
    internal bool IsDiskFull => (LastFailure & 0xff) == raw.SQLITE_FULL;

    /// <summary>SQLite's extended code of the last failure.</summary>
    internal int LastFailure { get; private set; }

    /// <summary>
    /// Opens for reading. A write that a crash left unfinished is rolled back first where the folder allows it. On read-only media, where
    /// SQLite cannot make its side files, the file is read as immutable if no side file holds part of the data.
    /// </summary>
    internal static SqliteDatabase OpenReadOnly(string path)
    {
        RequireFile(path);
        const int flags = raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX;
        SqliteDatabase database = Connect(path, path, flags);
        int code = database.Probe();
        if (code == ReadOnlyRollback)
        {
            database.Dispose();
            using (SqliteDatabase writer = Connect(path, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX))
            {
                writer.ThrowUnlessOk(writer.Probe());
            }

            database = Connect(path, path, flags);
            code = database.Probe();
        }

        bool sideFilesRefused = (code & 0xff) is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;
        if (sideFilesRefused && !HasContent(path + "-wal") && !HasContent(path + "-journal"))
        {
            database.Dispose();
            string uri = new UriBuilder(Uri.UriSchemeFile, "") { Path = System.IO.Path.GetFullPath(path), Query = "immutable=1" }
                .Uri
                .AbsoluteUri;
            database = Connect(path, uri, flags | raw.SQLITE_OPEN_URI);
            code = database.Probe();
        }

        if (code != raw.SQLITE_OK)
        {
            Exception failure = database.Failure(code);
            database.Dispose();
            throw failure;
        }

        return database;
    }

    /// <summary>Opens for writing and makes the file and its folder if they are missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="busyTimeoutMs">How long a lock of another connection is waited for.</param>
    /// <param name="vfs">Name of a registered file system of SQLite's, which then has the file for itself; null for the machine's.</param>
    internal static SqliteDatabase OpenWrite(string path, int busyTimeoutMs = BusyTimeoutMs, string? vfs = null)
    {
        if (vfs is null)
        {
            MakeFolder(path);
        }

        SqliteDatabase database = Connect(
            path,
            path,
            raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX,
            busyTimeoutMs,
            vfs
        );
        if (vfs is not null)
        {
            // Before anything is read: a database in WAL mode cannot be opened otherwise where no memory can be shared.
            _ = raw.sqlite3_exec(database._connection, "PRAGMA locking_mode=EXCLUSIVE");
        }

        int code = database.Probe();
        if (code != raw.SQLITE_OK)
        {
            Exception failure = database.Failure(code);
            database.Dispose();
            throw failure;
        }

        return database;
    }

    /// <summary>Runs statements without parameters or results.</summary>
    internal void Execute(string sql) => ThrowUnlessOk(raw.sqlite3_exec(_connection, sql));

    /// <summary>Compiles a statement.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        int code = raw.sqlite3_prepare_v2(_connection, sql, out sqlite3_stmt statement);
        ThrowUnlessOk(code);
        return new SqliteStatement(this, statement);
    }

    /// <summary>Fails with the tables that are there when <paramref name="table"/> is not, or lacks one of the columns.</summary>
    internal void RequireTable(string table, params ReadOnlySpan<string> columns)
    {
        HashSet<string> found = new(StringComparer.OrdinalIgnoreCase);
        using (SqliteStatement info = Prepare($"SELECT name FROM pragma_table_info('{table}')"))
        {
            while (info.Step())
            {
                found.Add(info.Text(0));
            }
        }

        if (found.Count == 0)
        {
            string tables = Tables();
            string there = tables.Length == 0 ? "it has no tables" : $"it has {tables}";
            throw KedgeException.Environment($"{Path}: no table '{table}' ({there}); name a database that holds one");
        }

        foreach (string column in columns)
        {
            if (!found.Contains(column))
            {
                throw KedgeException.Environment(
                    $"{Path}: table '{table}' has no column '{column}'; expected at least {string.Join(", ", columns!)}"
                );
            }
        }
    }

    /// <summary>The failure of a call that returned <paramref name="code"/>.</summary>
    internal KedgeException Failure(int code)
    {
        LastFailure = code;
        return SqliteErrors.Describe(Path, code, raw.sqlite3_errmsg(_connection).utf8_to_string());
    }

    public void Dispose() => _connection.Dispose();

    private static void MakeFolder(string path)
    {
        try
        {
            string? folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot make its folder: {e.Message}", e);
        }
    }

    private static SqliteDatabase Connect(
        string path,
        string fileName,
        int flags,
        int busyTimeoutMs = BusyTimeoutMs,
        string? vfs = null
    )
    {
        Initialise();
        int code = raw.sqlite3_open_v2(fileName, out sqlite3 connection, flags, vfs);
        SqliteDatabase database = new(path, connection);
        if (code != raw.SQLITE_OK)
        {
            KedgeException failure = database.Failure(code);
            database.Dispose();
            throw failure;
        }

        raw.sqlite3_extended_result_codes(connection, 1);
        raw.sqlite3_busy_timeout(connection, busyTimeoutMs);
        return database;
    }

    private static void Initialise()
    {
        lock (InitLock)
        {
            if (!_ready)
            {
                Batteries_V2.Init();
                _ready = true;
            }
        }
    }

    private static void RequireFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw KedgeException.Environment($"{path}: is a folder; name the database file in it");
        }

        if (!File.Exists(path))
        {
            throw KedgeException.Environment($"{path}: no such file; check the path, or make it with `kedge data import`");
        }
    }

    private static bool HasContent(string file)
    {
        FileInfo info = new(file);
        return info.Exists && info.Length > 0;
    }

    /// <summary>Reads the header and schema, which is where locks, side files and foreign formats show.</summary>
    private int Probe() => raw.sqlite3_exec(_connection, "SELECT 1 FROM sqlite_master LIMIT 1");

    private void ThrowUnlessOk(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    private string Tables()
    {
        StringBuilder names = new();
        using SqliteStatement list = Prepare(
            "SELECT name FROM sqlite_master WHERE type IN ('table','view') ORDER BY name LIMIT 12"
        );
        while (list.Step())
        {
            names.Append(names.Length == 0 ? "" : ", ").Append(list.Text(0));
        }

        return names.ToString();
    }
}
