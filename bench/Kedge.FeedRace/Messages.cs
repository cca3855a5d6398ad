using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.FeedRace;

/// <summary>Messages of the venue, and the bars of which they tell.</summary>
internal static class Messages
{
    /// <summary>Bars of each series in the databases; as many as a feed holds in memory.</summary>
    public const int Bars = 180;

    /// <summary>Prices are this and microseconds, so that they always have as many digits.</summary>
    public const long Base = 1_000_000_000;

    public static string[] Symbols { get; } = [.. Enumerable.Range(0, 200).Select(i => $"S{i}")];

    /// <summary>Prices of the first symbols, with the places of their digits.</summary>
    public static (byte[] Message, int[] Places) Mids(int symbols)
    {
        StringBuilder text = new("{\"channel\":\"allMids\",\"data\":{\"mids\":{");
        List<int> places = [];
        for (int i = 0; i < symbols; i++)
        {
            text.Append(i == 0 ? "" : ",").Append('"').Append(Symbols[i]).Append("\":\"");
            places.Add(text.Length + 4);
            text.Append(Base).Append('"');
        }

        return (Framed(text.Append("}}}").ToString()), [.. places]);
    }

    public static byte[] Quote(string symbol, long nowMs, double bid) =>
        Framed(
            string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"channel":"bbo","data":{"coin":"{{{symbol}}}","time":{{{nowMs}}},"bbo":[{"px":"{{{bid}}}","sz":"42.09","n":1},{"px":"{{{bid + 0.5}}}","sz":"100.26","n":2}]}}"""
            )
        );

    public static byte[] Candle(string symbol, long nowMs)
    {
        long t = nowMs - (nowMs % 60_000);
        return Framed(
            string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"channel":"candle","data":{"t":{{{t}}},"T":{{{t + 59_999}}},"s":"{{{symbol}}}","i":"1m","o":"100.0","c":"100.5","h":"101.0","l":"99.0","v":"10.0","n":60}}"""
            )
        );
    }

    public static VenueCandle Bar(long t, Interval interval)
    {
        long minutes = interval.Ms / 60_000;
        return new VenueCandle(t, 100, 101, 99, 100.5, 10.0 * minutes, 60 * minutes);
    }

    private static byte[] Framed(string text)
    {
        byte[] message = new byte[4 + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, text.Length);
        Encoding.ASCII.GetBytes(text, message.AsSpan(4));
        return message;
    }
}
