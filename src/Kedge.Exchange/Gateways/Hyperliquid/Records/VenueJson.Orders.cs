using System.Text.Json;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Orders.</summary>
internal static partial class VenueJson
{
    /// <summary>One state of an order as in the stream <c>orderUpdates</c>: <c>{order, status, statusTimestamp}</c>.</summary>
    public static void Order(Utf8JsonWriter json, ExchangeCore core, OrderRecord order)
    {
        json.WriteStartObject();
        json.WriteStartObject("order"u8);
        Basics(json, core, order);
        Size(json, "origSz"u8, core.Settings.Instruments[order.Request.Symbol], order.Request.Size);
        if (order.Request.Cloid != 0)
        {
            Cloid(json, "cloid"u8, order.Request.Cloid);
        }

        json.WriteEndObject();
        State(json, order);
        json.WriteEndObject();
    }

    /// <summary>One state of an order as in <c>historicalOrders</c>: a frontend order and its state.</summary>
    public static void HistoricalOrder(Utf8JsonWriter json, ExchangeCore core, OrderRecord order)
    {
        json.WriteStartObject();
        json.WritePropertyName("order"u8);
        FrontendOrder(json, core, order);
        State(json, order);
        json.WriteEndObject();
    }

    /// <summary>One order as in <c>frontendOpenOrders</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="core">The exchange.</param>
    /// <param name="order">The order.</param>
    /// <param name="children">Orders that wait for it.</param>
    public static void FrontendOrder(
        Utf8JsonWriter json,
        ExchangeCore core,
        OrderRecord order,
        IEnumerable<OrderRecord>? children = null
    )
    {
        Instrument instrument = core.Settings.Instruments[order.Request.Symbol];
        bool isTrigger = order.Request.Trigger != TriggerKind.None;
        json.WriteStartObject();
        Basics(json, core, order);
        json.WritePropertyName("triggerCondition"u8);
        Condition(json, instrument, order);
        json.WriteBoolean("isTrigger"u8, isTrigger);
        Price(json, "triggerPx"u8, instrument, order.Request.TriggerPrice);
        json.WriteStartArray("children"u8);
        foreach (OrderRecord child in children ?? [])
        {
            FrontendOrder(json, core, child);
        }

        json.WriteEndArray();
        json.WriteBoolean("isPositionTpsl"u8, order.FollowsPosition);
        json.WriteBoolean("reduceOnly"u8, order.Request.ReduceOnly);
        json.WriteString("orderType"u8, Kind(order.Request));
        Size(json, "origSz"u8, instrument, order.Request.Size);
        if (isTrigger && order.Request.TriggerIsMarket)
        {
            json.WriteNull("tif"u8);
        }
        else
        {
            json.WriteString("tif"u8, Tif(order.Request.TimeInForce));
        }

        if (order.Request.Cloid == 0)
        {
            json.WriteNull("cloid"u8);
        }
        else
        {
            Cloid(json, "cloid"u8, order.Request.Cloid);
        }

        json.WriteEndObject();
    }

    private static void Basics(Utf8JsonWriter json, ExchangeCore core, OrderRecord order)
    {
        Instrument instrument = core.Settings.Instruments[order.Request.Symbol];
        json.WriteString("coin"u8, instrument.Name);
        json.WriteString("side"u8, Side(order.Request.Side));
        Price(json, "limitPx"u8, instrument, order.Request.Price);
        Size(json, "sz"u8, instrument, order.Remaining);
        json.WriteNumber("oid"u8, order.OrderId);
        json.WriteNumber("timestamp"u8, order.PlacedMs);
    }

    private static void State(Utf8JsonWriter json, OrderRecord order)
    {
        json.WriteString("status"u8, OrderStatusText.Wire(order.Status));
        json.WriteNumber("statusTimestamp"u8, order.StatusMs);
    }

    private static void Condition(Utf8JsonWriter json, Instrument instrument, OrderRecord order)
    {
        if (order.Request.Trigger == TriggerKind.None)
        {
            json.WriteStringValue("N/A"u8);
            return;
        }

        bool isAbove = order.Request.Trigger == TriggerKind.TakeProfit == (order.Request.Side == OrderSide.Sell);
        ReadOnlySpan<byte> words = isAbove ? "Price above "u8 : "Price below "u8;
        Span<byte> text = stackalloc byte[words.Length + NumberMax];
        words.CopyTo(text);
        int length = words.Length + Format(order.Request.TriggerPrice, instrument.PriceDecimals, text[words.Length..]);
        json.WriteStringValue(text[..length]);
    }

    private static ReadOnlySpan<byte> Kind(in OrderRequest request) =>
        (request.Trigger, request.TriggerIsMarket) switch
        {
            (TriggerKind.StopLoss, true) => "Stop Market"u8,
            (TriggerKind.StopLoss, false) => "Stop Limit"u8,
            (TriggerKind.TakeProfit, true) => "Take Profit Market"u8,
            (TriggerKind.TakeProfit, false) => "Take Profit Limit"u8,
            _ => request.TimeInForce == TimeInForce.FrontendMarket ? "Market"u8 : "Limit"u8,
        };

    private static ReadOnlySpan<byte> Tif(TimeInForce tif) =>
        tif switch
        {
            TimeInForce.Ioc => "Ioc"u8,
            TimeInForce.Alo => "Alo"u8,
            TimeInForce.FrontendMarket => "FrontendMarket"u8,
            _ => "Gtc"u8,
        };
}
