using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>Rows of a ledger for people. Values are those of the tables: text, whole numbers or null. It may be in use meanwhile.</summary>
/// <param name="Columns">Names, as in the tables.</param>
/// <param name="Rows">Oldest first; one value for each column.</param>
public sealed record LedgerView(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    private static readonly string[] IntentColumns =
    [
        "created_ts_ms",
        "intent_id",
        "symbol",
        "action",
        "side",
        "status",
        "requested_size",
        "filled_size",
        "limit_price",
        "exchange_order_id",
        "strategy",
        "reason",
        "last_error",
    ];

    private static readonly string[] FillColumns =
    [
        "ts_ms",
        "symbol",
        "action",
        "side",
        "size",
        "price",
        "fee_usd",
        "pnl_usd",
        "fill_tid",
        "exchange_order_id",
        "intent_id",
        "adjustment",
        "matched_via",
    ];

    private static readonly string[] HistoryColumns =
    [
        "ts_ms",
        "from_status",
        "to_status",
        "sent_ts_ms",
        "exchange_order_id",
        "last_error",
        "evidence",
        "is_late_fill",
        "batch",
    ];

    /// <summary>The newest intents.</summary>
    /// <param name="path">The database.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="symbol">Of this symbol alone; null for all.</param>
    /// <param name="openOnly">Only those that are not over.</param>
    /// <exception cref="KedgeException">It cannot be read, or is no ledger (exit 4).</exception>
    public static LedgerView Intents(string path, int limit, string? symbol, bool openOnly)
    {
        string open = string.Join(
            ", ",
            IntentTransitions.All.Where(s => !IntentTransitions.IsTerminal(s)).Select(s => $"'{IntentTransitions.Name(s)}'")
        );
        string state = openOnly ? $" AND status IN ({open})" : "";
        return Read(
            path,
            IntentColumns,
            $"oms_intents WHERE (?1 IS NULL OR symbol = ?1){state} ORDER BY sequence DESC LIMIT ?2",
            symbol,
            limit
        );
    }

    /// <summary>The newest fills.</summary>
    /// <param name="path">The database.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="symbol">Of this symbol alone; null for all.</param>
    /// <exception cref="KedgeException">It cannot be read, or is no ledger (exit 4).</exception>
    public static LedgerView Fills(string path, int limit, string? symbol) =>
        Read(path, FillColumns, "oms_fills WHERE (?1 IS NULL OR symbol = ?1) ORDER BY id DESC LIMIT ?2", symbol, limit);

    /// <summary>What happened to one intent.</summary>
    /// <param name="path">The database.</param>
    /// <param name="intentId">Its id.</param>
    /// <exception cref="KedgeException">There is no such intent (exit 1); it cannot be read, or is no ledger (exit 4).</exception>
    public static LedgerView History(string path, string intentId)
    {
        LedgerView view = Read(
            path,
            HistoryColumns,
            "oms_intent_history WHERE intent_id = ?1 ORDER BY id DESC LIMIT ?2",
            intentId,
            int.MaxValue
        );
        return view.Rows.Count > 0
            ? view
            : throw new KedgeException(
                FailureKind.CheckFailed,
                $"{path}: has no intent '{intentId}'; `kedge ledger intents` lists the newest"
            );
    }

    private static LedgerView Read(string path, string[] columns, string from, string? text, int limit)
    {
        using SqliteDatabase database = LedgerMigrations.OpenReadOnly(path);
        using LedgerStatement row = new(database, $"SELECT {string.Join(", ", columns)} FROM {from}");
        row.Text(text).Int(limit);
        List<IReadOnlyList<object?>> rows = [];
        while (row.Step())
        {
            object?[] values = new object?[columns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                values[i] = row.ValueAt(i);
            }

            rows.Add(values);
        }

        rows.Reverse();
        return new LedgerView(columns, rows);
    }
}
