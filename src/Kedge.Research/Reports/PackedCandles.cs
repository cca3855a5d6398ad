using System.Text.Json;
using Kedge.Model;

namespace Kedge.Research.Reports;

/// <summary>
/// Candles in about nine bytes each: whole numbers of the smallest price step as variable-length integers, seven bits a byte, lowest first, in
/// base64. Per candle: intervals since the one before; open − previous close and close − open (signed as 2n or −2n − 1); high − the larger of
/// open and close; the smaller of them − low. The page's script reads the same.
/// </summary>
internal static class PackedCandles
{
    private const int MostDecimals = 10;

    public static void Write(Utf8JsonWriter writer, BarColumns bars, long intervalMs, List<int> starts, int to)
    {
        int decimals = Decimals(bars, starts, to);
        double scale = Math.Pow(10.0, decimals);
        MemoryStream packed = new(starts.Count * 10);
        long previousTime = starts.Count > 0 ? bars.Times[starts[0]] : 0;
        long previousClose = 0;
        for (int i = 0; i < starts.Count; i++)
        {
            int end = i + 1 < starts.Count ? starts[i + 1] : to;
            Candle candle = Merge(bars, starts[i], end, scale);
            Unsigned(packed, (ulong)((candle.TimeMs - previousTime) / intervalMs));
            Signed(packed, candle.Open - previousClose);
            Signed(packed, candle.Close - candle.Open);
            Unsigned(packed, (ulong)(candle.High - Math.Max(candle.Open, candle.Close)));
            Unsigned(packed, (ulong)(Math.Min(candle.Open, candle.Close) - candle.Low));
            previousTime = candle.TimeMs;
            previousClose = candle.Close;
        }

        writer.WriteNumber("start", starts.Count > 0 ? bars.Times[starts[0]] : 0);
        writer.WriteNumber("count", starts.Count);
        writer.WriteNumber("decimals", decimals);
        writer.WriteBase64String("bars", packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private readonly record struct Candle(long TimeMs, long Open, long High, long Low, long Close);

    /// <summary>Joins the bars from <paramref name="from"/> to before <paramref name="to"/> into one candle.</summary>
    private static Candle Merge(BarColumns bars, int from, int to, double scale)
    {
        double high = bars[from].High;
        double low = bars[from].Low;
        for (int b = from + 1; b < to; b++)
        {
            high = Math.Max(high, bars[b].High);
            low = Math.Min(low, bars[b].Low);
        }

        long open = Units(bars[from].Open, scale);
        long close = Units(bars[to - 1].Close, scale);
        return new Candle(
            bars.Times[from],
            open,
            Math.Max(Units(high, scale), Math.Max(open, close)),
            Math.Min(Units(low, scale), Math.Min(open, close)),
            close
        );
    }

    /// <summary>The fewest decimals that hold every price exactly, as far as there are that few.</summary>
    private static int Decimals(BarColumns bars, List<int> starts, int to)
    {
        int decimals = 0;
        for (int b = starts.Count > 0 ? starts[0] : to; b < to; b++)
        {
            while (decimals < MostDecimals && !Fits(bars[b], Math.Pow(10.0, decimals)))
            {
                decimals++;
            }
        }

        return decimals;
    }

    private static bool Fits(in Kernel.Bar bar, double scale) =>
        Fits(bar.Open, scale) && Fits(bar.High, scale) && Fits(bar.Low, scale) && Fits(bar.Close, scale);

    private static bool Fits(double price, double scale) => Units(price, scale) / scale == price;

    private static long Units(double price, double scale) => (long)Math.Round(price * scale);

    private static void Signed(MemoryStream to, long value) => Unsigned(to, (ulong)(value >= 0 ? 2 * value : -2 * value - 1));

    private static void Unsigned(MemoryStream to, ulong value)
    {
        while (value >= 0x80)
        {
            to.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        to.WriteByte((byte)value);
    }
}
