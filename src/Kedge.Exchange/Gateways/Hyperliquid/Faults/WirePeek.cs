using System.Text;
using System.Text.Json;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Looks at bytes on the wire, as little as a fault needs. What cannot be read is taken for nothing in particular.</summary>
internal static class WirePeek
{
    /// <summary>Ids that a line of the log names at most.</summary>
    private const int NamesMax = 16;

    /// <summary>The type of an action or query and what names it.</summary>
    public static RequestPeek Request(ReadOnlySpan<byte> body)
    {
        string own = "";
        string inner = "";
        List<string> names = [];
        try
        {
            Utf8JsonReader reader = new(body);
            bool isAction = false;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                int depth = reader.CurrentDepth;
                string name = reader.GetString()!;
                reader.Read();
                if (depth == 1)
                {
                    isAction = name == "action";
                }

                switch (name)
                {
                    case "type" when depth == 1:
                        own = Text(ref reader);
                        break;
                    case "type" when depth == 2 && isAction:
                        inner = Text(ref reader);
                        break;
                    case "nonce" when depth == 1:
                    case "c" or "cloid" or "oid":
                        Add(names, name, ref reader);
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return default(RequestPeek) with { Type = "", Names = "" };
        }

        return new RequestPeek(inner.Length > 0 ? inner : own, string.Join(' ', names));
    }

    /// <summary>The channel of a frame and what names it.</summary>
    public static FramePeek Frame(ReadOnlySpan<byte> text)
    {
        string channel = "";
        bool isSnapshot = false;
        string coin = "";
        string interval = "";
        long openMs = -1;
        List<string> names = [];
        try
        {
            Utf8JsonReader reader = new(text);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                int depth = reader.CurrentDepth;
                string name = reader.GetString()!;
                reader.Read();
                switch (name)
                {
                    case "channel" when depth == 1:
                        channel = Text(ref reader);
                        break;
                    case "isSnapshot" when depth == 2:
                        isSnapshot = reader.TokenType == JsonTokenType.True;
                        break;
                    case "s" when depth == 2:
                        coin = Text(ref reader);
                        break;
                    case "i" when depth == 2:
                        interval = Text(ref reader);
                        break;
                    case "t" when depth == 2:
                        openMs = Number(ref reader);
                        break;
                    case "tid" or "oid":
                        Add(names, name, ref reader);
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return new FramePeek("", false, "", default);
        }

        CandleKey candle = channel == "candle" && openMs >= 0 ? new CandleKey(coin, interval, openMs) : default;
        return new FramePeek(channel, isSnapshot, string.Join(' ', names), candle);
    }

    /// <summary>Whether an answer to <c>orderStatus</c> knows the order.</summary>
    public static bool KnowsOrder(ReadOnlySpan<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(body);
            while (reader.Read())
            {
                if (
                    reader.TokenType == JsonTokenType.PropertyName
                    && reader.CurrentDepth == 1
                    && reader.ValueTextEquals("status"u8)
                )
                {
                    reader.Read();
                    return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("order"u8);
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }

        return false;
    }

    /// <summary>The candles of an answer and where each stands in it; empty when it is no list of candles.</summary>
    public static List<(CandleKey Key, Range At)> Candles(ReadOnlySpan<byte> body)
    {
        List<(CandleKey Key, Range At)> found = [];
        try
        {
            Utf8JsonReader reader = new(body);
            int start = 0;
            CandleKey key = default;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 1)
                {
                    start = (int)reader.TokenStartIndex;
                    key = new CandleKey("", "", -1);
                }
                else if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 1)
                {
                    found.Add((key, start..(int)reader.BytesConsumed));
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    key = name switch
                    {
                        "s" => key with { Coin = Text(ref reader) },
                        "i" => key with { Interval = Text(ref reader) },
                        "t" => key with { OpenMs = Number(ref reader) },
                        _ => key,
                    };
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return [];
        }

        return found;
    }

    private static string Text(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";

    private static long Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : -1;

    private static void Add(List<string> names, string name, ref Utf8JsonReader reader)
    {
        if (names.Count < NamesMax && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            string value = Encoding.UTF8.GetString(reader.ValueSpan);
            names.Add($"{(name == "c" ? "cloid" : name)}={(value.Length > 48 ? value[..48] : value)}");
        }
    }
}
