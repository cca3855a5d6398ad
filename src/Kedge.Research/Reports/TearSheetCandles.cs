using System.Text.Json;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>
/// Candles and fills of the traded symbols. A page holds at most <see cref="MostCandles"/> candles, shared equally among the symbols; a
/// symbol with more keeps every candle near a fill and has quiet stretches merged into longer candles.
/// </summary>
public static class TearSheetCandles
{
    /// <summary>Candles of one page.</summary>
    public const int MostCandles = 500_000;

    /// <summary>Candles kept on both sides of a fill when there are too many.</summary>
    public const int KeptAroundFill = 24;

    private const int LeadIn = 48;

    internal static void Write(Utf8JsonWriter writer, Report report)
    {
        ReplayResult result = report.Result;
        List<int>[] fills = FillsBySymbol(result);
        int traded = fills.Count(f => f.Count > 0);
        writer.WriteStartArray("candles");
        for (int s = 0; s < fills.Length; s++)
        {
            int series = fills[s].Count > 0 ? SymbolRank.Of(result.Candles.Symbols, result.Symbols[s]) : -1;
            if (series >= 0)
            {
                Symbol(writer, report, result.Symbols[s], result.Candles.Bars(series), fills[s], MostCandles / traded);
                writer.Flush();
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>How the bars from <paramref name="from"/> to before <paramref name="to"/> are cut into candles: first bar of each.</summary>
    internal static List<int> Cut(int from, int to, IReadOnlyList<int> fillBars, int most)
    {
        int count = to - from;
        if (count <= most)
        {
            return [.. Enumerable.Range(from, Math.Max(count, 0))];
        }

        for (int around = KeptAroundFill; ; around /= 2)
        {
            bool[] kept = new bool[count];
            int keptCount = 0;
            foreach (int bar in fillBars)
            {
                for (int i = Math.Max(bar - around, from); i <= Math.Min(bar + around, to - 1); i++)
                {
                    keptCount += kept[i - from] ? 0 : 1;
                    kept[i - from] = true;
                }
            }

            // Each stretch between fills may waste most of one candle, so a tenth is left free.
            int free = most - keptCount - most / 10;
            if (free > 0 || around == 0)
            {
                int step = free > 0 ? (count - keptCount + free - 1) / free : count;
                return Starts(from, kept, Math.Max(step, 2));
            }
        }
    }

    private static List<int> Starts(int from, bool[] kept, int step)
    {
        List<int> starts = [];
        int run = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i] || run == 0)
            {
                starts.Add(from + i);
            }

            run = kept[i] || run + 1 == step ? 0 : run + 1;
        }

        return starts;
    }

    private static List<int>[] FillsBySymbol(ReplayResult result)
    {
        List<int>[] fills = new List<int>[result.Symbols.Count];
        for (int s = 0; s < fills.Length; s++)
        {
            fills[s] = [];
        }

        for (int i = 0; i < result.Bookings.Count; i++)
        {
            Booking booking = result.Bookings[i];
            if (booking.Action is not (OrderAction.Funding or OrderAction.None))
            {
                fills[booking.Symbol].Add(i);
            }
        }

        return fills;
    }

    private static void Symbol(Utf8JsonWriter writer, Report report, string symbol, BarColumns bars, List<int> fills, int most)
    {
        ReplayResult result = report.Result;
        long interval = result.Candles.Interval.Ms;
        int from = Math.Max(Before(bars.Times, result.Run.FromMs - interval) - LeadIn, 0);
        int to = Before(bars.Times, result.Run.ToMs) + 1;
        int[] fillBars = [.. fills.Select(f => Before(bars.Times, result.Bookings[f].TimeMs)).Where(b => b >= 0)];
        List<int> starts = Cut(from, to, fillBars, most);
        writer.WriteStartObject();
        writer.WriteString("symbol", symbol);
        writer.WriteBoolean("merged", starts.Count < to - from);
        PackedCandles.Write(writer, bars, interval, starts, to);
        Fills(writer, result, fills);
        writer.WriteEndObject();
    }

    /// <summary>The last bar that opened before a time, or −1: the bar a fill at that time belongs to.</summary>
    private static int Before(ReadOnlySpan<long> times, long timeMs)
    {
        int at = times.BinarySearch(timeMs);
        return (at >= 0 ? at : ~at) - 1;
    }

    private static void Fills(Utf8JsonWriter writer, ReplayResult result, List<int> fills)
    {
        writer.WriteStartArray("fills");
        foreach (int f in fills)
        {
            Booking booking = result.Bookings[f];
            bool exit = booking.Action is OrderAction.Reduce or OrderAction.Close;
            writer.WriteStartObject();
            writer.WriteNumber("t", booking.TimeMs);
            writer.WriteNumber("id", booking.PositionId);
            writer.WriteNumber("action", (int)booking.Action);
            writer.WriteNumber("side", (int)booking.Side);
            writer.Number("price", booking.Price);
            writer.Number("size", booking.Size);
            writer.WriteString("reason", ReasonText.For(booking));
            if (exit)
            {
                writer.Number("net", booking.Pnl - booking.Fee - booking.EntryFees);
                writer.Number("entry", booking.FirstEntryPrice);
                writer.WriteNumber("opened", booking.OpenedAtMs);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
