using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Live orders of an account, newest first as the venue has them.</summary>
internal static class OrderJson
{
    /// <summary><c>frontendOpenOrders</c>: what waits for a parent stands in the list as any other, and once more under its parent, oldest first.</summary>
    public static void WriteFrontend(Utf8JsonWriter json, ExchangeCore core, int account)
    {
        json.WriteStartArray();
        List<OrderRecord> orders = Live(core, account);
        ILookup<long, OrderRecord> children = orders
            .Where(order => order.ParentId != 0)
            .Reverse()
            .ToLookup(order => order.ParentId);
        foreach (OrderRecord order in orders)
        {
            VenueJson.FrontendOrder(json, core, order, children[order.OrderId]);
        }

        json.WriteEndArray();
    }

    /// <summary><c>openOrders</c>.</summary>
    public static void WriteBasic(Utf8JsonWriter json, ExchangeCore core, int account)
    {
        json.WriteStartArray();
        foreach (OrderRecord order in Live(core, account))
        {
            Instrument instrument = core.Settings.Instruments[order.Request.Symbol];
            json.WriteStartObject();
            json.WriteString("coin"u8, instrument.Name);
            json.WriteString("side"u8, VenueJson.Side(order.Request.Side));
            VenueJson.Price(json, "limitPx"u8, instrument, order.Request.Price);
            VenueJson.Size(json, "sz"u8, instrument, order.Remaining);
            json.WriteNumber("oid"u8, order.OrderId);
            json.WriteNumber("timestamp"u8, order.PlacedMs);
            VenueJson.Size(json, "origSz"u8, instrument, order.Request.Size);
            if (order.Request.Cloid != default)
            {
                VenueJson.Cloid(json, "cloid"u8, order.Request.Cloid);
            }

            if (order.Request.ReduceOnly)
            {
                json.WriteBoolean("reduceOnly"u8, true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A live order as a record.</summary>
    public static OrderRecord Record(int account, in OrderView order) =>
        new(
            account,
            order.OrderId,
            order.Request,
            order.Remaining,
            order.Status,
            order.TimeMs,
            order.TimeMs,
            order.FollowsPosition,
            order.ParentId
        );

    private static List<OrderRecord> Live(ExchangeCore core, int account)
    {
        List<OrderRecord> orders = account > 0 ? [.. core.OpenOrders(account).Select(order => Record(account, in order))] : [];
        orders.Reverse();
        return orders;
    }
}
