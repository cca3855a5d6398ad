using System.Globalization;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Data.Ledger;

/// <summary>How a ledger's tables spell times, ids and the link from a trade to its intent.</summary>
internal static class LedgerText
{
    /// <summary>ISO-8601, UTC, milliseconds.</summary>
    public static string Timestamp(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.fff+00:00", CultureInfo.InvariantCulture);

    /// <summary>The text of an id; null for none.</summary>
    public static string? OrNull(ClientOrderId id) => id.IsNone ? null : id.ToString();

    /// <summary>The text of a venue's order id.</summary>
    public static string? VenueId(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <see cref="OrNull"/>.</summary>
    /// <exception cref="FormatException">Another text.</exception>
    public static ClientOrderId ClientId(string? text) =>
        text is null ? default
        : ClientOrderId.TryParse(text, out ClientOrderId id) ? id
        : throw new FormatException($"'{text}' is no client order id");

    /// <summary>Reads <see cref="VenueId"/>.</summary>
    public static long? ParseVenueId(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>
    /// A trade's <c>meta_json</c>: what the writer gave, with <c>oms</c> before it, so that every trade answers which intent it came from.
    /// </summary>
    /// <exception cref="LedgerLawException">It is not empty and not an object.</exception>
    public static string TradeMeta(LedgerRow.FillBooked fill)
    {
        string oms =
            $"{{\"oms\":{{\"intent_id\":{Json(fill.IntentId)},\"matched_via\":{Json(fill.MatchedVia)},\"client_order_id\":{Json(OrNull(fill.ClientOrderId))},"
            + $"\"exchange_order_id\":\"{VenueId(fill.Key.VenueOrderId)}\"}}";
        ReadOnlySpan<char> rest = fill.MetaJson.AsSpan().Trim();
        if (rest.Length == 0)
        {
            return oms + "}";
        }

        if (rest[0] != '{' || rest[^1] != '}')
        {
            throw new LedgerLawException("meta", $"meta of fill {fill.Key}: '{Head(rest)}' is no JSON object");
        }

        rest = rest[1..^1].Trim();
        return rest.Length == 0 ? oms + "}" : string.Concat(oms, ",", rest, "}");
    }

    private static string Json(string? text) => text is null ? "null" : $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";

    private static ReadOnlySpan<char> Head(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, 40)];
}
