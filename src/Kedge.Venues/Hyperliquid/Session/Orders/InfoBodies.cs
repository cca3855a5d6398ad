using System.Globalization;
using System.Text;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Model.Orders;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>Bodies of the questions the order desk asks, and the one answer that has no decoder.</summary>
internal static class InfoBodies
{
    /// <summary><c>orderStatus</c> by our id.</summary>
    public static byte[] OrderStatus(in Address account, ClientOrderId id) =>
        Text($"{{\"type\":\"orderStatus\",\"user\":\"{account}\",\"oid\":\"{id}\"}}");

    /// <summary><c>orderStatus</c> by the venue's id.</summary>
    public static byte[] OrderStatus(in Address account, long venueId) =>
        Text($"{{\"type\":\"orderStatus\",\"user\":\"{account}\",\"oid\":{venueId}}}");

    /// <summary><c>userFillsByTime</c>, oldest first.</summary>
    public static byte[] Fills(in Address account, long fromMs) =>
        Text($"{{\"type\":\"userFillsByTime\",\"user\":\"{account}\",\"startTime\":{fromMs}}}");

    /// <summary><c>frontendOpenOrders</c>, which has those that wait for a trigger too.</summary>
    public static byte[] OpenOrders(in Address account) => Text($"{{\"type\":\"frontendOpenOrders\",\"user\":\"{account}\"}}");

    /// <summary><c>exchangeStatus</c>.</summary>
    public static byte[] ExchangeStatus() => "{\"type\":\"exchangeStatus\"}"u8.ToArray();

    /// <summary>The venue's time from the answer to <c>exchangeStatus</c>, UTC epoch milliseconds; false for anything else.</summary>
    public static bool TryReadTime(ReadOnlyMemory<byte> body, out long venueMs)
    {
        venueMs = 0;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("time", out JsonElement time)
                && time.ValueKind == JsonValueKind.Number
                && time.TryGetInt64(out venueMs)
                && venueMs > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Text(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));
}
