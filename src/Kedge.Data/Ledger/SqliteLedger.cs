using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>
/// A ledger in one SQLite database (WAL, <c>synchronous=FULL</c>): a batch is a transaction, and a commit that returned lies on the disk. While it is
/// open no other process opens it for writing; any number read. No statement is prepared and no table made after it is open.
/// </summary>
public sealed class SqliteLedger : ILedger
{
    private readonly SqliteDatabase _database;
    private readonly LedgerLease _lease;
    private readonly LedgerWriter _writer;
    private readonly LedgerReader _reader;
    private readonly LedgerStatement _begin;
    private readonly LedgerStatement _commit;
    private bool _isDisposed;

    private SqliteLedger(SqliteDatabase database, LedgerLease lease, LedgerHead head, string? takenOver)
    {
        _database = database;
        _lease = lease;
        TakenOverFrom = takenOver;
        _reader = new LedgerReader(database);
        _begin = new LedgerStatement(database, "BEGIN IMMEDIATE");
        _commit = new LedgerStatement(database, "COMMIT");
        _writer = new LedgerWriter(database, head);
    }

    /// <summary>The process that held it before and died without letting go; null when there was none.</summary>
    public string? TakenOverFrom { get; }

    /// <inheritdoc/>
    public long LastBatch => _writer.Head.LastBatch;

    /// <summary>Rows that the last <see cref="Load"/> read, without the cursor.</summary>
    public long RowsRead => _reader.RowsRead;

    /// <summary>Opens a ledger, and makes it if it is missing.</summary>
    /// <param name="options">Which, and whose.</param>
    /// <param name="nowMs">When, UTC epoch milliseconds: stamps the lease, and the tables of a new ledger.</param>
    /// <exception cref="ArgumentException">An option is empty or out of range.</exception>
    /// <exception cref="KedgeException">
    /// Another process trades on it or its account, or it is another lane's (exit 3); it cannot be opened, is damaged, or was written by a later version
    /// (exit 4).
    /// </exception>
    public static SqliteLedger Open(SqliteLedgerOptions options, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Lane.Length == 0 || options.Account.Length == 0 || options.LockWaitMs is < 50 or > 5_000)
        {
            throw new ArgumentException(
                "Lane and account have names, and the lock is waited for 50 to 5,000 ms.",
                nameof(options)
            );
        }

        LedgerLease lease = LedgerLease.Lock(options, nowMs);
        SqliteDatabase? database = null;
        try
        {
            if (options.FileSystem is null)
            {
                OwnerOnly.Ensure(options.Path);
            }

            database = SqliteDatabase.OpenWrite(options.Path, options.LockWaitMs, options.FileSystem);
            Configure(database);
            LedgerMigrations.Apply(database, nowMs);
            string? stale = LedgerLease.Claim(database, options, nowMs);
            return new SqliteLedger(database, lease, new LedgerReader(database).Head()!, stale);
        }
        catch
        {
            database?.Dispose();
            lease.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public LedgerImage Load()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _reader.Load(_writer.Head) with { Cursor = _writer.Cursor() };
    }

    /// <inheritdoc/>
    public IntentImage? Find(string intentId)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _reader.Find(intentId);
    }

    /// <inheritdoc/>
    public LedgerOutcome Commit(LedgerBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        bool hasBegun = false;
        try
        {
            _begin.Run();
            hasBegun = true;
            _writer.Write(batch);
            _commit.Run();
            _writer.Keep();
            return LedgerOutcome.Ok;
        }
        catch (KedgeException e)
        {
            int code = _database.LastFailure;
            TakeBack(hasBegun);
            return LedgerErrors.IsLaw(code) ? throw LedgerErrors.Law(e) : LedgerErrors.Outcome(code, e);
        }
        catch
        {
            TakeBack(hasBegun);
            throw;
        }
    }

    /// <summary>Lets the next process have it.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        LedgerLease.Release(_database);
        _writer.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _database.Dispose();
        _lease.Dispose();
    }

    private static void Configure(SqliteDatabase database)
    {
        database.Execute("PRAGMA journal_mode=WAL");
        database.Execute("PRAGMA synchronous=FULL");
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.LedgerNotSynced))
        {
            database.Execute("PRAGMA synchronous=NORMAL");
        }
#endif
        database.Execute("PRAGMA foreign_keys=ON");
        database.Execute("PRAGMA journal_size_limit=67108864");
    }

    private void TakeBack(bool hasBegun)
    {
        _writer.Forget();
        if (hasBegun)
        {
            LedgerErrors.RollBack(_database);
        }
    }
}
