using System.Text;
using Kedge.Model;

namespace Kedge.Research.Reports;

/// <summary>
/// One row per exit, sorted by exit time, symbol and trade id. <c>pnl_usd</c> is gross and <c>fee_usd</c> the exit fee, as in the founding
/// documents; what follows from <c>entry_fee_usd</c> on is net of fees. <c>mae_pct</c> and <c>mfe_pct</c> are fractions of the first entry
/// price over the life of the position; <c>funding_usd</c> is what came since the entry or the exit before.
/// </summary>
public static class TradesCsv
{
    /// <summary>The header line.</summary>
    public const string Header =
        "trade_id,position_id,entry_ts_ms,exit_ts_ms,symbol,side,entry_price,exit_price,exit_size,pnl_usd,fee_usd,mae_pct,mfe_pct,"
        + "reason_code,reason,confidence,leverage,avg_entry_price,entry_fee_usd,funding_usd,net_pnl_usd,net_return";

    /// <summary>Writes the trades to a file, whole or not at all.</summary>
    public static void WriteFile(string path, Report report) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 15, leaveOpen: true);
                Write(writer, report);
            }
        );

    /// <summary>Writes the trades.</summary>
    public static void Write(TextWriter writer, Report report)
    {
        bool isAttributed = report.Result.Run.Strategies is not null;
        writer.Write(isAttributed ? $"{Header},strategy\n" : $"{Header}\n");
        (Trade Trade, string Id)[] rows = [.. report.Trades.Select(t => (t, $"{t.PositionId}:{t.ExitNumber}"))];
        Array.Sort(rows, Compare);
        CsvLine line = new(writer);
        foreach ((Trade trade, string id) in rows)
        {
            line.Field(id).Field(trade.PositionId).Field(trade.EntryMs).Field(trade.ExitMs);
            line.Field(trade.Symbol).Field(Words.Of(trade.Side));
            line.Fixed(trade.EntryPrice).Fixed(trade.ExitPrice).Fixed(trade.Size);
            line.Fixed(trade.PnlGross).Fixed(trade.ExitFee).Fixed(trade.Mae).Fixed(trade.Mfe);
            line.Field(ReasonName.Of(trade.Reason)).Field(trade.ReasonText);
            line.Field(Words.Of(trade.Confidence)).Fixed(trade.Leverage).Fixed(trade.AverageEntryPrice);
            line.Fixed(trade.EntryFee).Fixed(trade.Funding).Fixed(trade.Pnl).Fixed(trade.Return);
            if (isAttributed)
            {
                line.Field(report.Result.StrategyOf(trade.Symbol));
            }

            line.End();
        }
    }

    private static int Compare((Trade Trade, string Id) a, (Trade Trade, string Id) b)
    {
        int byTime = a.Trade.ExitMs.CompareTo(b.Trade.ExitMs);
        int bySymbol = byTime != 0 ? byTime : string.CompareOrdinal(a.Trade.Symbol, b.Trade.Symbol);
        return bySymbol != 0 ? bySymbol : string.CompareOrdinal(a.Id, b.Id);
    }
}
