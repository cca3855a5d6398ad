using System.Text.Json;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>
/// Orders as they travel, <c>venue-hyperliquid.md</c> §3.1. False where the venue would not deserialize. A price or size that is a number but
/// not a whole number of ticks or lots is read as one the core refuses, so that a batch goes on element by element.
/// </summary>
internal static class OrderRead
{
    /// <summary>Most elements of one action.</summary>
    public const int BatchMax = 1_000;

    private const long InvalidSize = -1;

    /// <summary>Reads <c>{a, b, p, s, r, t, c?}</c>.</summary>
    public static bool TryOrder(JsonElement json, IReadOnlyList<Instrument> instruments, out OrderRequest order)
    {
        order = default;
        if (
            !json.TryWhole("a"u8, out long asset)
            || asset < 0
            || !json.TryFlag("b"u8, out bool isBuy)
            || !json.TryText("p"u8, out string? price)
            || !json.TryText("s"u8, out string? size)
            || !json.TryFlag("r"u8, out bool reduceOnly)
            || !json.TryMember("t"u8, out JsonElement kind)
            || !TryCloid(json, out UInt128 cloid)
        )
        {
            return false;
        }

        int symbol = (int)Math.Min(asset, int.MaxValue);
        int sizeDecimals = symbol < instruments.Count ? instruments[symbol].SizeDecimals : 0;
        if (
            !JsonRead.TryScaled(price, 6 - sizeDecimals, out long? ticks)
            || !JsonRead.TryScaled(size, sizeDecimals, out long? lots)
        )
        {
            return false;
        }

        OrderRequest plain = new(
            symbol,
            isBuy ? OrderSide.Buy : OrderSide.Sell,
            ticks ?? 0,
            lots ?? InvalidSize,
            TimeInForce.Gtc,
            reduceOnly,
            cloid
        );
        return TryKind(kind, sizeDecimals, in plain, out order);
    }

    /// <summary>An order id, or a client order id as text.</summary>
    public static bool TryTarget(JsonElement json, ReadOnlySpan<byte> name, out OrderTarget target)
    {
        target = default;
        if (!json.TryMember(name, out JsonElement value))
        {
            return false;
        }

        if (value.TryWhole(out long id))
        {
            // Zero would mean "by client id" to the core.
            target = new OrderTarget(id == 0 ? -1 : id);
            return id >= 0;
        }

        bool isCloid = value.TryCloid(out UInt128 cloid);
        target = ByCloid(cloid);
        return isCloid;
    }

    /// <summary>The target of a client id; the id of all zeros is no order's.</summary>
    public static OrderTarget ByCloid(UInt128 cloid) => cloid == default ? new OrderTarget(-1) : new OrderTarget(0, cloid);

    /// <summary>A client id that is absent or null is none.</summary>
    private static bool TryCloid(JsonElement json, out UInt128 cloid)
    {
        cloid = default;
        return !json.TryMember("c"u8, out JsonElement value) || value.TryCloid(out cloid);
    }

    private static bool TryKind(JsonElement kind, int sizeDecimals, in OrderRequest plain, out OrderRequest order)
    {
        order = plain;
        if (kind.TryMember("limit"u8, out JsonElement limit))
        {
            TimeInForce? tif = limit.TryText("tif"u8, out string? word)
                ? word switch
                {
                    "Gtc" => TimeInForce.Gtc,
                    "Ioc" => TimeInForce.Ioc,
                    "Alo" => TimeInForce.Alo,
                    "FrontendMarket" => TimeInForce.FrontendMarket,
                    _ => null,
                }
                : null;
            order = plain with { TimeInForce = tif ?? default };
            return tif is not null;
        }

        if (
            !kind.TryMember("trigger"u8, out JsonElement trigger)
            || !trigger.TryFlag("isMarket"u8, out bool isMarket)
            || !trigger.TryText("triggerPx"u8, out string? price)
            || !trigger.TryText("tpsl"u8, out string? tpsl)
            || tpsl is not ("tp" or "sl")
            || !JsonRead.TryScaled(price, 6 - sizeDecimals, out long? ticks)
        )
        {
            return false;
        }

        order = plain with
        {
            Trigger = tpsl == "tp" ? TriggerKind.TakeProfit : TriggerKind.StopLoss,
            TriggerPrice = ticks ?? 0,
            TriggerIsMarket = isMarket,
        };
        return true;
    }
}
