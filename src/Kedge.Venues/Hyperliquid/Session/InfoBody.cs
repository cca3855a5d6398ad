using System.Buffers;
using System.Text.Json;
using Kedge.Crypto;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>Bodies of questions and messages, as the venue's documentation gives them.</summary>
internal static class InfoBody
{
    public static ReadOnlyMemory<byte> Of(string type) => Write(w => w.WriteString("type", type));

    public static ReadOnlyMemory<byte> Of(string type, Address user) =>
        Write(w =>
        {
            w.WriteString("type", type);
            w.WriteString("user", user.ToString());
        });

    public static ReadOnlyMemory<byte> Since(string type, Address user, long startMs) =>
        Write(w =>
        {
            w.WriteString("type", type);
            w.WriteString("user", user.ToString());
            w.WriteNumber("startTime", startMs);
        });

    public static ReadOnlyMemory<byte> OrderStatus(Address user, long orderId) =>
        Write(w =>
        {
            w.WriteString("type", "orderStatus");
            w.WriteString("user", user.ToString());
            w.WriteNumber("oid", orderId);
        });

    public static ReadOnlyMemory<byte> OrderStatus(Address user, string clientId) =>
        Write(w =>
        {
            w.WriteString("type", "orderStatus");
            w.WriteString("user", user.ToString());
            w.WriteString("oid", clientId);
        });

    public static ReadOnlyMemory<byte> Candles(string coin, string interval, long fromMs, long toMs) =>
        Write(w =>
        {
            w.WriteString("type", "candleSnapshot");
            w.WriteStartObject("req");
            w.WriteString("coin", coin);
            w.WriteString("interval", interval);
            w.WriteNumber("startTime", fromMs);
            w.WriteNumber("endTime", toMs);
            w.WriteEndObject();
        });

    public static ReadOnlyMemory<byte> FundingRates(string coin, long fromMs, long toMs) =>
        Write(w =>
        {
            w.WriteString("type", "fundingHistory");
            w.WriteString("coin", coin);
            w.WriteNumber("startTime", fromMs);
            w.WriteNumber("endTime", toMs);
        });

    public static ReadOnlyMemory<byte> Subscription(bool isSubscribe, SubscriptionKey key, Address? user) =>
        Write(w =>
        {
            w.WriteString("method", isSubscribe ? "subscribe" : "unsubscribe");
            w.WriteStartObject("subscription");
            w.WriteString("type", key.Type);
            if (key.Symbol is not null)
            {
                w.WriteString("coin", key.Symbol);
            }

            if (key.Interval is not null)
            {
                w.WriteString("interval", key.Interval);
            }

            if (key.IsAccount && user is { } address)
            {
                w.WriteString("user", address.ToString());
            }

            w.WriteEndObject();
        });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> content)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
