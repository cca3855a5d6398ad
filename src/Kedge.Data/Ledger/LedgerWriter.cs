using Kedge.Data.Sqlite;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;

namespace Kedge.Data.Ledger;

/// <summary>Turns rows into statements, inside a transaction that its caller begins and ends. Every statement is prepared when it is made.</summary>
internal sealed partial class LedgerWriter : IDisposable
{
    private readonly List<LedgerStatement> _statements = [];
    private readonly SqliteDatabase _database;
    private readonly LedgerStatement _putHead;
    private readonly LedgerCursor _cursors;
    private LedgerHead _head;
    private int _row;
    private bool _hasJournal;
    private AccountCursor? _cursor;

    public LedgerWriter(SqliteDatabase database, LedgerHead head)
    {
        _database = database;
        _head = Head = head;
        _cursors = new LedgerCursor(database);
        _putHead = Prepare(
            """
            UPDATE ledger_head SET last_batch = ?1, sequence = ?2, journal_segment = ?3, journal_sequence = ?4, nonce_floor = ?5, pnl_usd = ?6,
              fees_usd = ?7, funding_usd = ?8, transfers_usd = ?9, adjustments_usd = ?10 WHERE id = 1
            """
        );
        PrepareIntents();
        PrepareMoney();
        PrepareNotes();
    }

    /// <summary>As committed.</summary>
    public LedgerHead Head { get; private set; }

    /// <summary>Writes a batch; what it changed counts once <see cref="Keep"/> is called.</summary>
    /// <exception cref="LedgerLawException">A row breaks a law.</exception>
    public void Write(LedgerBatch batch)
    {
        _head = Head;
        _hasJournal = false;
        _cursor = null;
        if (batch.Sequence <= _head.LastBatch)
        {
            throw new LedgerLawException(
                "batch_order",
                $"batch {batch.Sequence} comes after batch {_head.LastBatch}, which is committed"
            );
        }

        for (_row = 0; _row < batch.Rows.Count; _row++)
        {
            Write(batch.Rows[_row], batch.Sequence);
        }

        // Of several cursors in a batch the last covers the others.
        if (_cursor is not null)
        {
            _cursors.Write(_cursor);
        }

        _head = _head with { LastBatch = batch.Sequence };
        _putHead
            .Int(_head.LastBatch)
            .Int(_head.Sequence)
            .Int(_head.Journal?.Segment)
            .Int(_head.Journal?.Sequence)
            .Int(_head.NonceFloor)
            .Money(_head.Totals.Pnl)
            .Money(_head.Totals.Fees)
            .Money(_head.Totals.Funding)
            .Money(_head.Totals.Transfers)
            .Money(_head.Totals.Adjustments)
            .Run();
    }

    /// <summary>The transaction was committed.</summary>
    public void Keep() => Head = _head;

    /// <summary>The transaction was rolled back.</summary>
    public void Forget() => _cursors.Forget();

    /// <summary>The cursor as committed.</summary>
    public AccountCursor? Cursor() => _cursors.Read();

    public void Dispose()
    {
        _cursors.Dispose();
        foreach (LedgerStatement statement in _statements)
        {
            statement.Dispose();
        }
    }

    private LedgerStatement Prepare(string sql)
    {
        LedgerStatement statement = new(_database, sql);
        _statements.Add(statement);
        return statement;
    }

    private void Write(LedgerRow row, long batch)
    {
        switch (row)
        {
            case LedgerRow.IntentCreated r:
                Create(r, batch);
                break;
            case LedgerRow.IntentChanged r:
                Change(r, batch);
                break;
            case LedgerRow.OrderSubmitted r:
                Submit(r, batch);
                break;
            case LedgerRow.FillBooked r:
                Book(r, batch);
                break;
            case LedgerRow.FundingBooked r:
                Book(r, batch);
                break;
            case LedgerRow.TransferBooked r:
                Book(r, batch);
                break;
            case LedgerRow.AdjustmentBooked r:
                Book(r, batch);
                break;
            case LedgerRow.SnapshotTaken r:
                Take(r);
                break;
            default:
                Note(row);
                break;
        }
    }

    private void RequireAccount(string account)
    {
        if (account != _head.Account)
        {
            throw new LedgerLawException("account", $"a row of account '{account}' in the ledger of account '{_head.Account}'");
        }
    }
}
