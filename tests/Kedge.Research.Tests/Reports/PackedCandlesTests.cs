using System.Text.Json;
using Kedge.Data.Columns;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Reports;

namespace Kedge.Research.Tests.Reports;

/// <summary>Candles come out of the page's packed form as they went in; this reads it the way the page's script does.</summary>
public sealed class PackedCandlesTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void Candles_with_gaps_small_and_large_prices_survive_packing()
    {
        Bar[] bars =
        [
            new(0, 0.00001234, 0.00001240, 0.00001230, 0.00001235, 5),
            new(Hour, 0.00001235, 0.0000124, 0.00001, 0.0000101, 5),
            new(900 * Hour, 98765.4, 99999.9, 90000, 90000.1, 5),
            new(901 * Hour, 90000.1, 90000.1, 90000.1, 90000.1, 0),
        ];
        Assert.Equal(bars, Unpack(bars, [0, 1, 2, 3]).Select((b, i) => b with { Volume = bars[i].Volume }));
    }

    [Fact]
    public void Merged_candles_open_with_the_first_bar_close_with_the_last_and_span_all()
    {
        Bar[] bars = [new(0, 10, 11, 9, 10.5, 1), new(Hour, 10.5, 14, 10, 13, 1), new(2 * Hour, 13, 13.5, 7, 8, 1)];
        Bar merged = Assert.Single(Unpack(bars, [0]));
        Assert.Equal(new Bar(0, 10, 14, 7, 8, 0), merged);
    }

    private static List<Bar> Unpack(Bar[] bars, List<int> starts)
    {
        using MemoryCandleSet set = new(
            Interval.OneHour,
            new Dictionary<string, IReadOnlyList<Bar>>(StringComparer.Ordinal) { ["X"] = bars }
        );
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            PackedCandles.Write(writer, set.Bars(0), Hour, starts, bars.Length);
            writer.WriteEndObject();
        }

        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        byte[] bytes = json.RootElement.GetProperty("bars").GetBytesFromBase64();
        double scale = Math.Pow(10.0, json.RootElement.GetProperty("decimals").GetInt32());
        long time = json.RootElement.GetProperty("start").GetInt64();
        int at = 0;
        long close = 0;
        List<Bar> result = [];
        for (int i = 0; i < json.RootElement.GetProperty("count").GetInt32(); i++)
        {
            time += Unsigned(bytes, ref at) * Hour;
            long open = close + Signed(bytes, ref at);
            close = open + Signed(bytes, ref at);
            long high = Math.Max(open, close) + Unsigned(bytes, ref at);
            long low = Math.Min(open, close) - Unsigned(bytes, ref at);
            result.Add(new Bar(time, open / scale, high / scale, low / scale, close / scale, 0));
        }

        Assert.Equal(bytes.Length, at);
        return result;
    }

    private static long Unsigned(byte[] bytes, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[at++];
            value |= (long)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    private static long Signed(byte[] bytes, ref int at)
    {
        long value = Unsigned(bytes, ref at);
        return value % 2 == 0 ? value / 2 : -(value + 1) / 2;
    }
}
