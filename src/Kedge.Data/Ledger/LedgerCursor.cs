using Kedge.Data.Sqlite;
using Kedge.Model.Venues;

namespace Kedge.Data.Ledger;

/// <summary>
/// The account's cursor in its tables. A cursor lists thousands of keys and comes with every fill; only what differs from the one before is written.
/// </summary>
internal sealed class LedgerCursor : IDisposable
{
    private readonly LedgerStatement _put;
    private readonly LedgerStatement _get;
    private readonly KeyTable<(long TradeId, long VenueOrderId)> _fills;
    private readonly KeyTable<string> _keys;

    public LedgerCursor(SqliteDatabase database)
    {
        _put = new LedgerStatement(
            database,
            """
            INSERT INTO ledger_cursor (id, fills_ts_ms, funding_ts_ms, transfers_ts_ms) VALUES (1, ?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET fills_ts_ms = excluded.fills_ts_ms, funding_ts_ms = excluded.funding_ts_ms,
              transfers_ts_ms = excluded.transfers_ts_ms
            """
        );
        _get = new LedgerStatement(database, "SELECT fills_ts_ms, funding_ts_ms, transfers_ts_ms FROM ledger_cursor");
        _fills = new KeyTable<(long, long)>(
            database,
            "ledger_cursor_fills",
            ["fill_tid", "exchange_order_id"],
            static (put, key) => put.Int(key.Item1).Int(key.Item2),
            static row => (row.IntAt(1), row.IntAt(2))
        );
        _keys = new KeyTable<string>(
            database,
            "ledger_cursor_keys",
            ["key"],
            static (put, key) => put.Text(key),
            static row => row.TextAt(1)
        );
    }

    public void Write(AccountCursor cursor)
    {
        _put.Int(cursor.FillsMs).Int(cursor.FundingMs).Int(cursor.TransfersMs).Run();
        _fills.Write(cursor.FillKeys);
        _keys.Write(cursor.RecentKeys);
    }

    /// <summary>The transaction of the last <see cref="Write"/> was rolled back.</summary>
    public void Forget()
    {
        _fills.Forget();
        _keys.Forget();
    }

    public AccountCursor? Read()
    {
        if (!_get.Step())
        {
            _get.Reset();
            return null;
        }

        (long fills, long funding, long transfers) = (_get.IntAt(0), _get.IntAt(1), _get.IntAt(2));
        _get.Reset();
        return new AccountCursor(fills, _fills.Read(), funding, transfers, _keys.Read());
    }

    public void Dispose()
    {
        _put.Dispose();
        _get.Dispose();
        _fills.Dispose();
        _keys.Dispose();
    }
}
