using Kedge.Golden.Engine;
using Kedge.Kernel;

namespace Kedge.Golden.Report;

/// <summary>One exit of the trade export.</summary>
public sealed record ExportRow(
    long PositionId,
    int ExitNumber,
    long EntryMs,
    long ExitMs,
    string Symbol,
    string Side,
    double EntryPrice,
    double ExitPrice,
    double Size,
    double Pnl,
    double Fee,
    double Mae,
    double Mfe,
    string ReasonCode,
    string Reason
)
{
    /// <summary>Position and exit number.</summary>
    public string TradeId => $"{PositionId}:{ExitNumber}";
}

/// <summary>
/// The trade export (backtester.md §5.5): one row an exit. Excursions come from main bars through one forward cursor per symbol, which
/// uses every bar once; that loses bars where trades touch, and the golden files have it so.
/// </summary>
public static class TradeExport
{
    private const string Header =
        "trade_id,position_id,entry_ts_ms,exit_ts_ms,symbol,side,entry_price,exit_price,exit_size,pnl_usd,fee_usd,"
        + "mae_pct,mfe_pct,reason_code,reason";

    /// <summary>All rows by exit time, symbol and trade id.</summary>
    public static IReadOnlyList<ExportRow> Rows(GoldenState state)
    {
        Dictionary<TradeRow, long> ids = PositionIds(state, out Dictionary<int, long> initialIds);
        List<ExportRow> rows = [];
        for (int i = 0; i < state.Symbols; i++)
        {
            new ExcursionCursor(state, i, ids).Walk(initialIds.GetValueOrDefault(i), rows);
        }

        return
        [
            .. rows.OrderBy(r => r.ExitMs)
                .ThenBy(r => r.Symbol, StringComparer.Ordinal)
                .ThenBy(r => r.TradeId, StringComparer.Ordinal),
        ];
    }

    /// <summary>Writes the export as CSV.</summary>
    public static void Write(TextWriter writer, IEnumerable<ExportRow> rows)
    {
        writer.Write(Header + "\n");
        foreach (ExportRow r in rows)
        {
            string times = $"{r.TradeId},{r.PositionId},{r.EntryMs},{r.ExitMs},{r.Symbol},{r.Side}";
            double[] values = [r.EntryPrice, r.ExitPrice, r.Size, r.Pnl, r.Fee, r.Mae, r.Mfe];
            string numbers = string.Join(',', values.Select(v => $"{v:F8}"));
            writer.Write($"{times},{numbers},{r.ReasonCode},{Quoted(r.Reason)}\n");
        }
    }

    /// <summary>Positions are numbered from 1: those taken over first, by symbol, then opens in log order.</summary>
    private static Dictionary<TradeRow, long> PositionIds(GoldenState state, out Dictionary<int, long> initial)
    {
        initial = [];
        for (int i = 0; i < state.Symbols; i++)
        {
            if (state.Input.InitialState?.Positions.ContainsKey(state.Input.Symbols[i]) == true)
            {
                initial[i] = initial.Count + 1;
            }
        }

        Dictionary<TradeRow, long> ids = new(ReferenceEqualityComparer.Instance);
        foreach (TradeRow row in state.Trades.Where(t => t.Action == OrderAction.Open))
        {
            ids[row] = initial.Count + ids.Count + 1;
        }

        return ids;
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
