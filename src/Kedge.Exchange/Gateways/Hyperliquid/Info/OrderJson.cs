using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Orders as <c>openOrders</c>, <c>frontendOpenOrders</c>, <c>orderStatus</c> and <c>historicalOrders</c> have them.</summary>
internal static class OrderJson
{
    /// <summary>All live orders of an account, newest first as the venue has them.</summary>
    public static void WriteOpen(Utf8JsonWriter json, IVenueState state, int account, bool isFrontend)
    {
        json.WriteStartArray();
        if (account > 0)
        {
            List<OrderView> orders = [.. state.Core.OpenOrders(account)];
            for (int i = orders.Count - 1; i >= 0; i--)
            {
                // A child shows under its parent.
                if (orders[i].Status == OrderStatus.WaitingForFill && isFrontend)
                {
                    continue;
                }

                OrderRecord record = Record(account, orders[i]);
                json.WriteStartObject();
                if (isFrontend)
                {
                    WriteFrontend(json, state, record, orders);
                }
                else
                {
                    WriteBasic(json, state, record);
                }

                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>An order and its status.</summary>
    public static void WriteStatus(Utf8JsonWriter json, IVenueState state, OrderRecord record)
    {
        json.WriteStartObject();
        json.WriteStartObject("order"u8);
        WriteFrontend(json, state, record, []);
        json.WriteEndObject();
        json.WriteString("status"u8, OrderStatusText.Wire(record.Status));
        json.WriteNumber("statusTimestamp"u8, record.StatusMs);
        json.WriteEndObject();
    }

    /// <summary>The members <c>openOrders</c> and <c>orderUpdates</c> have.</summary>
    public static void WriteBasic(Utf8JsonWriter json, IVenueState state, OrderRecord record)
    {
        WriteCommon(json, state, record);
        if (record.Request.Cloid != default)
        {
            json.Cloid(record.Request.Cloid);
        }

        if (record.Request.ReduceOnly)
        {
            json.WriteBoolean("reduceOnly"u8, true);
        }
    }

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

    private static void WriteCommon(Utf8JsonWriter json, IVenueState state, OrderRecord record)
    {
        Instrument instrument = state.Core.Settings.Instruments[record.Request.Symbol];
        json.WriteString("coin"u8, instrument.Name);
        json.WriteString("side"u8, record.Request.Side == OrderSide.Buy ? "B"u8 : "A"u8);
        json.Scaled("limitPx"u8, record.Request.Price, instrument.PriceDecimals);
        json.Scaled("sz"u8, record.Remaining, instrument.SizeDecimals);
        json.WriteNumber("oid"u8, record.OrderId);
        json.WriteNumber("timestamp"u8, record.PlacedMs);
        json.Scaled("origSz"u8, record.Request.Size, instrument.SizeDecimals);
    }

    private static void WriteFrontend(Utf8JsonWriter json, IVenueState state, OrderRecord record, List<OrderView> family)
    {
        OrderRequest request = record.Request;
        Instrument instrument = state.Core.Settings.Instruments[request.Symbol];
        WriteCommon(json, state, record);
        json.WriteString("triggerCondition"u8, Condition(record, instrument));
        json.WriteBoolean("isTrigger"u8, request.Trigger != TriggerKind.None);
        json.Scaled("triggerPx"u8, request.TriggerPrice, instrument.PriceDecimals);
        json.WriteStartArray("children"u8);
        foreach (OrderView child in family)
        {
            if (child.ParentId == record.OrderId && record.ParentId == 0)
            {
                json.WriteStartObject();
                WriteFrontend(json, state, Record(record.Account, in child), []);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteBoolean("isPositionTpsl"u8, record.FollowsPosition);
        json.WriteBoolean("reduceOnly"u8, request.ReduceOnly || record.FollowsPosition);
        json.WriteString("orderType"u8, Kind(in request));
        if (request.Trigger != TriggerKind.None && request.TriggerIsMarket)
        {
            json.WriteNull("tif"u8);
        }
        else
        {
            json.WriteString("tif"u8, request.TimeInForce.ToString());
        }

        if (request.Cloid != default)
        {
            json.Cloid(request.Cloid);
        }
        else
        {
            json.WriteNull("cloid"u8);
        }
    }

    private static string Kind(in OrderRequest request) =>
        request.Trigger switch
        {
            TriggerKind.TakeProfit => request.TriggerIsMarket ? "Take Profit Market" : "Take Profit Limit",
            TriggerKind.StopLoss => request.TriggerIsMarket ? "Stop Market" : "Stop Limit",
            _ => request.TimeInForce == TimeInForce.FrontendMarket ? "Market" : "Limit",
        };

    private static string Condition(OrderRecord record, Instrument instrument)
    {
        OrderRequest request = record.Request;
        if (request.Trigger == TriggerKind.None)
        {
            return "N/A";
        }

        if (record.Status == OrderStatus.Triggered)
        {
            return "Triggered";
        }

        bool isAbove = request.Trigger == TriggerKind.TakeProfit == (request.Side == OrderSide.Sell);
        return $"Price {(isAbove ? "above" : "below")} {WireText.Text(request.TriggerPrice, instrument.PriceDecimals)}";
    }
}
