using System.Text.Json;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Finds the records in answers about histories and in snapshots of streams.</summary>
internal static class HistoryPeek
{
    /// <summary>Whether a query asks for a history of fills, funding or transfers.</summary>
    public static bool IsHistory(string type) =>
        type is "userFills" or "userFillsByTime" or "userFunding" or "userNonFundingLedgerUpdates";

    /// <summary>Whether a channel begins with a snapshot of such a history.</summary>
    public static bool IsChannel(string channel) => channel is "userFills" or "userFundings" or "userNonFundingLedgerUpdates";

    /// <summary>
    /// The records of the outermost list and where each stands; <paramref name="list"/> is where the list stands, brackets included. Empty when
    /// there is none.
    /// </summary>
    public static List<(HistoryKey Key, Range At)> Records(ReadOnlySpan<byte> text, out Range list)
    {
        List<(HistoryKey Key, Range At)> found = [];
        list = default;
        try
        {
            Utf8JsonReader reader = new(text);
            while (reader.Read() && reader.TokenType != JsonTokenType.StartArray) { }

            int listStart = (int)reader.TokenStartIndex;
            int listDepth = reader.CurrentDepth;
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                int start = (int)reader.TokenStartIndex;
                HistoryKey key = Key(ref reader);
                found.Add((key, start..(int)reader.BytesConsumed));
            }

            bool isWhole = reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == listDepth;
            list = listStart..(int)reader.BytesConsumed;
            return isWhole ? found : [];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static HistoryKey Key(ref Utf8JsonReader reader)
    {
        int depth = reader.CurrentDepth;
        long timeMs = -1;
        string id = "";
        while (reader.Read() && (reader.TokenType != JsonTokenType.EndObject || reader.CurrentDepth > depth))
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "time" when reader.TokenType == JsonTokenType.Number && reader.CurrentDepth == depth + 1:
                    timeMs = reader.TryGetInt64(out long value) ? value : -1;
                    break;
                case "tid" or "oid" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number):
                    id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id} {name}={number}");
                    break;
                case "coin" or "type" or "usdc" when reader.TokenType == JsonTokenType.String:
                    id = $"{id} {reader.GetString()}";
                    break;
                default:
                    break;
            }
        }

        return new HistoryKey(timeMs, id.Trim());
    }
}
