using System.Text;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>Every booking in the order it was made, with numbers that read back exactly; whose it is in a run of strategies.</summary>
public static class FillsCsv
{
    /// <summary>The header line.</summary>
    public const string Header =
        "timestamp_ms,position_id,symbol,action,price,size,notional,pnl,fee,entry_fees,balance,confidence,leverage,margin,"
        + "entry_price,first_entry_price,entry_atr,best_price,worst_price,trailing_stop,opened_at_ms,reason_code,reason";

    /// <summary>Writes the bookings to a file, whole or not at all.</summary>
    public static void WriteFile(string path, ReplayResult result) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 15, leaveOpen: true);
                Write(writer, result);
            }
        );

    /// <summary>Writes the bookings.</summary>
    public static void Write(TextWriter writer, ReplayResult result)
    {
        bool isAttributed = result.Run.Strategies is not null;
        writer.Write(isAttributed ? $"{Header},strategy\n" : $"{Header}\n");
        CsvLine line = new(writer);
        for (int i = 0; i < result.Bookings.Count; i++)
        {
            Booking booking = result.Bookings[i];
            line.Field(booking.TimeMs).Field(booking.PositionId).Field(result.Symbols[booking.Symbol]);
            line.Field(Words.Of(booking.Action, booking.Side)).Full(booking.Price).Full(booking.Size).Full(booking.Notional);
            line.Full(booking.Pnl).Full(booking.Fee).Full(booking.EntryFees).Full(booking.Balance);
            line.Field(Words.Of(booking.Confidence)).Full(booking.Leverage).Full(booking.Margin);
            line.Full(booking.EntryPrice).Full(booking.FirstEntryPrice).Full(booking.EntryAtr);
            line.Full(booking.BestPrice).Full(booking.WorstPrice).Full(booking.TrailingStop).Field(booking.OpenedAtMs);
            line.Field(ReasonName.Of(booking.Reason)).Field(ReasonText.For(booking));
            if (isAttributed)
            {
                line.Field(result.StrategyOf(result.Symbols[booking.Symbol]));
            }

            line.End();
        }
    }
}
