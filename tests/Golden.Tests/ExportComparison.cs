using Kedge.Golden.Report;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>Compares a trade export with the golden one, whose numbers are printed with eight decimals.</summary>
internal static class ExportComparison
{
    /// <summary>Compares row by row.</summary>
    public static void Compare(CsvTable golden, IReadOnlyList<ExportRow> ours, Differences d)
    {
        d.Same("rows", golden.Rows.Count, ours.Count);
        for (int i = 0; i < Math.Min(golden.Rows.Count, ours.Count); i++)
        {
            Compare(golden, i, ours[i], d);
        }
    }

    private static void Compare(CsvTable golden, int row, ExportRow ours, Differences d)
    {
        d.Same($"row {row} trade_id", golden.Text(row, "trade_id"), ours.TradeId);
        d.Same($"row {row} position_id", golden.Integer(row, "position_id"), ours.PositionId);
        d.Same($"row {row} entry_ts_ms", golden.Integer(row, "entry_ts_ms"), ours.EntryMs);
        d.Same($"row {row} exit_ts_ms", golden.Integer(row, "exit_ts_ms"), ours.ExitMs);
        d.Same($"row {row} symbol", golden.Text(row, "symbol"), ours.Symbol);
        d.Same($"row {row} side", golden.Text(row, "side"), ours.Side);
        d.Same($"row {row} reason_code", golden.Text(row, "reason_code"), ours.ReasonCode);
        d.Same($"row {row} reason", golden.Text(row, "reason"), ours.Reason);
        Close("entry_price", ours.EntryPrice);
        Close("exit_price", ours.ExitPrice);
        Close("exit_size", ours.Size);
        Close("pnl_usd", ours.Pnl);
        Close("fee_usd", ours.Fee);
        Close("mae_pct", ours.Mae);
        Close("mfe_pct", ours.Mfe);

        void Close(string column, double value) =>
            d.Close($"row {row} {column}", golden.Number(row, column), value, absolute: Closeness.EightDecimals);
    }
}
