using System.Buffers;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;
using Kedge.Model.Orders;

namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>
/// Writes an action twice in one pass: as JSON, which is sent, and as msgpack, which is hashed. Both get the same keys in the same order and the
/// same text of every number, so that what is signed is what is sent. One writer serves many actions; each replaces the one before.
/// </summary>
/// <remarks>Field order: Hyperliquid's SDKs; a wrong one recovers another signer.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A JSON writer over memory holds nothing to give back."
)]
internal sealed class ActionWriter
{
    private readonly MsgPackWriter _pack = new();
    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private readonly Utf8JsonWriter _json;

    /// <summary>A writer.</summary>
    public ActionWriter() => _json = new Utf8JsonWriter(_bytes);

    /// <summary>The action as it is hashed; valid until the next action.</summary>
    public ReadOnlySpan<byte> MsgPack => _pack.Written;

    /// <summary>The action as it is sent; valid until the next action.</summary>
    public ReadOnlySpan<byte> Json => _bytes.WrittenSpan;

    /// <summary><c>order</c>.</summary>
    public void Order(ReadOnlySpan<WireOrder> orders, OrderGrouping grouping)
    {
        Begin("order", 3);
        Array("orders", orders.Length);
        foreach (ref readonly WireOrder order in orders)
        {
            Write(order);
        }

        EndArray();
        Text(
            "grouping",
            grouping switch
            {
                OrderGrouping.Bracket => "normalTpsl",
                OrderGrouping.Position => "positionTpsl",
                _ => "na",
            }
        );
        End();
    }

    /// <summary><c>cancel</c>, by the venue's id.</summary>
    public void Cancel(int asset, long venueId)
    {
        Begin("cancel", 2);
        Array("cancels", 1);
        Map(2);
        Number("a", asset);
        Number("o", venueId);
        EndMap();
        EndArray();
        End();
    }

    /// <summary><c>cancelByCloid</c>, by our id.</summary>
    public void Cancel(int asset, ClientOrderId id)
    {
        Begin("cancelByCloid", 2);
        Array("cancels", 1);
        Map(2);
        Number("asset", asset);
        Text("cloid", id.ToString());
        EndMap();
        EndArray();
        End();
    }

    /// <summary><c>modify</c>: answered without an id.</summary>
    public void Modify(in WireModify modify)
    {
        Begin("modify", 3);
        Write(modify);
        End();
    }

    /// <summary><c>batchModify</c>: answered as orders are.</summary>
    public void BatchModify(ReadOnlySpan<WireModify> modifies)
    {
        Begin("batchModify", 2);
        Array("modifies", modifies.Length);
        foreach (ref readonly WireModify modify in modifies)
        {
            Map(2);
            Write(modify);
            EndMap();
        }

        EndArray();
        End();
    }

    /// <summary><c>updateLeverage</c>.</summary>
    public void Leverage(int asset, bool isCross, int leverage)
    {
        Begin("updateLeverage", 4);
        Number("asset", asset);
        Flag("isCross", isCross);
        Number("leverage", leverage);
        End();
    }

    /// <summary><c>updateIsolatedMargin</c>.</summary>
    /// <param name="asset">The venue's number of the symbol.</param>
    /// <param name="microUsd">Margin to add, millionths of a dollar; negative takes away.</param>
    public void IsolatedMargin(int asset, long microUsd)
    {
        Begin("updateIsolatedMargin", 4);
        Number("asset", asset);
        // The venue ignores the side: one position per symbol. Its own clients always send true.
        Flag("isBuy", value: true);
        Number("ntli", microUsd);
        End();
    }

    /// <summary><c>scheduleCancel</c>; null clears it.</summary>
    public void ScheduleCancel(long? atMs)
    {
        Begin("scheduleCancel", atMs is null ? 1 : 2);
        if (atMs is { } time)
        {
            Number("time", time);
        }

        End();
    }

    /// <summary><c>noop</c>: uses up a nonce, and so makes sure that another action with that nonce comes to nothing.</summary>
    public void Noop()
    {
        Begin("noop", 1);
        End();
    }

    private void Write(in WireModify modify)
    {
        if (modify.Old.Id.IsNone)
        {
            Number("oid", modify.Old.VenueId);
        }
        else
        {
            Text("oid", modify.Old.Id.ToString());
        }

        Key("order");
        Write(modify.Order);
    }

    private void Write(in WireOrder order)
    {
        Map(order.Id.IsNone ? 6 : 7);
        Number("a", order.Asset);
        Flag("b", order.IsBuy);
        Decimal("p", order.Price);
        Decimal("s", order.Size);
        Flag("r", order.ReduceOnly);
        Key("t");
        Map(1);
        if (order.Trigger == TriggerKind.None)
        {
            Key("limit");
            Map(1);
            Text(
                "tif",
                order.TimeInForce switch
                {
                    TimeInForce.Ioc => "Ioc",
                    TimeInForce.Alo => "Alo",
                    _ => "Gtc",
                }
            );
        }
        else
        {
            Key("trigger");
            Map(3);
            Flag("isMarket", order.TriggerIsMarket);
            Decimal("triggerPx", order.TriggerPrice);
            Text("tpsl", order.Trigger == TriggerKind.TakeProfit ? "tp" : "sl");
        }

        EndMap();
        EndMap();
        if (!order.Id.IsNone)
        {
            Text("c", order.Id.ToString());
        }

        EndMap();
    }

    private void Begin(string type, int pairs)
    {
        _pack.Reset();
        _bytes.ResetWrittenCount();
        _json.Reset();
        Map(pairs);
        Text("type", type);
    }

    private void End()
    {
        EndMap();
        _json.Flush();
    }

    private void Map(int pairs)
    {
        _pack.MapHeader(pairs);
        _json.WriteStartObject();
    }

    private void EndMap() => _json.WriteEndObject();

    private void Array(string key, int items)
    {
        Key(key);
        _pack.ArrayHeader(items);
        _json.WriteStartArray();
    }

    private void EndArray() => _json.WriteEndArray();

    private void Key(string key)
    {
        _pack.String(key);
        _json.WritePropertyName(key);
    }

    private void Text(string key, ReadOnlySpan<char> value)
    {
        Key(key);
        _pack.String(value);
        _json.WriteStringValue(value);
    }

    private void Number(string key, long value)
    {
        Key(key);
        _pack.Integer(value);
        _json.WriteNumberValue(value);
    }

    private void Flag(string key, bool value)
    {
        Key(key);
        _pack.Boolean(value);
        _json.WriteBooleanValue(value);
    }

    private void Decimal(string key, decimal value)
    {
        Span<char> text = stackalloc char[WireNumber.MaxChars];
        if (!WireNumber.TryFormat(value, text, out int written))
        {
            throw new InvalidOperationException("A number of more than eight decimals was let through to the wire.");
        }

        Text(key, text[..written]);
    }
}
