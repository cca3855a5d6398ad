using System.Globalization;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Info;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>Orders, cancels and modifies, and the venue's answers to them (<c>venue-hyperliquid.md</c> §5 "Responses").</summary>
internal sealed partial class ActionDesk
{
    private const int PriceDecimals = 8;

    private Verdict Place(int account, OrderRequest[] orders, OrderGrouping grouping, string? builder, int fee)
    {
        if (fee > 0 && store.Account(account).Builders.GetValueOrDefault(builder!) < fee)
        {
            return Verdict.Refused("Builder fee has not been approved.");
        }

        store.Run(ExchangeCommand.Place(account, orders, grouping, NextRequest++));
        return WriteOrders(account, orders.Length, index => orders[index]);
    }

    private Verdict ModifyMany(int account, ModifyRequest[] modifies)
    {
        store.Run(ExchangeCommand.Modify(account, modifies, NextRequest++));
        return WriteOrders(account, modifies.Length, index => modifies[index].Order);
    }

    private Verdict ModifyOne(int account, ModifyRequest modify)
    {
        store.Run(ExchangeCommand.Modify(account, new[] { modify }, NextRequest++));
        foreach (ExchangeEvent reply in store.Replies)
        {
            if (Error(in reply, modify.Order, account) is string error)
            {
                return Verdict.Refused(
                    reply.Status == OrderStatus.UnknownOrder ? "Cannot modify canceled or filled order" : error
                );
            }
        }

        return Verdict.Done;
    }

    private Verdict Cancel(int account, (long Asset, OrderTarget Target)[] cancels)
    {
        OrderTarget[] targets = new OrderTarget[cancels.Length];
        for (int i = 0; i < cancels.Length; i++)
        {
            (long asset, OrderTarget target) = cancels[i];
            bool isThere = store.Core.TryOrder(account, target, out OrderView order) && order.Request.Symbol == asset;
            targets[i] = isThere ? target : new OrderTarget(-1);
        }

        store.Run(ExchangeCommand.Cancel(account, targets, NextRequest++));
        OrderStatus[] statuses = new OrderStatus[targets.Length];
        foreach (ExchangeEvent reply in store.Replies)
        {
            if (reply.Index < 0)
            {
                return Verdict.Refused(Text(reply.Status, account));
            }

            statuses[reply.Index] = reply.Status;
        }

        BeginStatuses("cancel"u8);
        foreach (OrderStatus status in statuses)
        {
            if (status == OrderStatus.None)
            {
                _json.WriteStringValue("success"u8);
            }
            else
            {
                WriteError(OrderStatusText.Error(status));
            }
        }

        EndStatuses();
        return Verdict.Written;
    }

    private Verdict WriteOrders(int account, int count, Func<int, OrderRequest> request)
    {
        ExchangeEvent?[] answers = new ExchangeEvent?[count];
        foreach (ExchangeEvent reply in store.Replies)
        {
            if (reply.Index < 0)
            {
                return Verdict.Refused(Text(reply.Status, account));
            }

            answers[reply.Index] = reply;
        }

        BeginStatuses("order"u8);
        for (int i = 0; i < count; i++)
        {
            if (answers[i] is { } reply)
            {
                WriteOrder(in reply, request(i), account);
            }
            else
            {
                WriteError("Order was not handled.");
            }
        }

        EndStatuses();
        return Verdict.Written;
    }

    private void WriteOrder(in ExchangeEvent reply, OrderRequest request, int account)
    {
        if (Error(in reply, request, account) is string error)
        {
            WriteError(error);
            return;
        }

        switch (reply.Status)
        {
            case OrderStatus.WaitingForFill:
                _json.WriteStringValue("waitingForFill"u8);
                return;
            case OrderStatus.WaitingForTrigger:
                _json.WriteStringValue("waitingForTrigger"u8);
                return;
            default:
                break;
        }

        _json.WriteStartObject();
        if (reply.Status == OrderStatus.Open)
        {
            _json.WriteStartObject("resting"u8);
        }
        else
        {
            Instrument instrument = store.Core.Settings.Instruments[reply.Symbol];
            decimal tick = new(1, 0, 0, false, (byte)instrument.PriceDecimals);
            _json.WriteStartObject("filled"u8);
            VenueJson.Size(_json, "totalSz"u8, instrument, reply.Size);
            _json.WriteString("avgPx"u8, WireText.Text((decimal)reply.Amount / reply.Size * tick, PriceDecimals));
        }

        _json.WriteNumber("oid"u8, reply.OrderId);
        if (reply.Cloid != default)
        {
            VenueJson.Cloid(_json, "cloid"u8, reply.Cloid);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>The venue's words for an order that was refused, or null.</summary>
    private string? Error(in ExchangeEvent reply, OrderRequest request, int account)
    {
        switch (reply.Status)
        {
            case OrderStatus.None
            or OrderStatus.Open
            or OrderStatus.Filled
            or OrderStatus.WaitingForFill
            or OrderStatus.WaitingForTrigger:
                return null;
            case OrderStatus.SizeRejected when request.Size == 0:
                return "Order has zero size.";
            case OrderStatus.BadAloPxRejected:
                Instrument instrument = store.Core.Settings.Instruments[reply.Symbol];
                string bid = WireText.Text(reply.Price, instrument.PriceDecimals);
                string ask = WireText.Text(reply.Amount, instrument.PriceDecimals);
                return string.Format(CultureInfo.InvariantCulture, OrderStatusText.Error(reply.Status), $"{bid}@{ask}");
            default:
                return Text(reply.Status, account);
        }
    }

    private void WriteError(string error)
    {
        _json.WriteStartObject();
        _json.WriteString("error"u8, error);
        _json.WriteEndObject();
    }

    private void BeginStatuses(ReadOnlySpan<byte> type)
    {
        BeginOk(type);
        _json.WriteStartObject("data"u8);
        _json.WriteStartArray("statuses"u8);
    }

    private void EndStatuses()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        EndOk();
    }
}
