using System.Text.Json;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Fills, funding and other movements of an account.</summary>
internal static partial class VenueJson
{
    /// <summary>One fill as in <c>userFills</c>.</summary>
    public static void Fill(Utf8JsonWriter json, ExchangeCore core, FillRecord fill)
    {
        Instrument instrument = core.Settings.Instruments[fill.Symbol];
        json.WriteStartObject();
        json.WriteString("coin"u8, instrument.Name);
        Price(json, "px"u8, instrument, fill.Price);
        Size(json, "sz"u8, instrument, fill.Size);
        json.WriteString("side"u8, Side(fill.Side));
        json.WriteNumber("time"u8, fill.TimeMs);
        Size(json, "startPosition"u8, instrument, fill.StartPosition);
        json.WriteString("dir"u8, Direction(fill));
        Usd(json, "closedPnl"u8, fill.ClosedPnl);
        Hash(json, unchecked((ulong)fill.TradeId));
        json.WriteNumber("oid"u8, fill.OrderId);
        json.WriteBoolean("crossed"u8, fill.IsTaker);
        Usd(json, "fee"u8, fill.Fee);
        json.WriteNumber("tid"u8, fill.TradeId);
        if (fill.Cloid != 0)
        {
            Cloid(json, "cloid"u8, fill.Cloid);
        }

        if (fill.LiquidatedAccount >= 0)
        {
            json.WriteStartObject("liquidation"u8);
            Address(json, "liquidatedUser"u8, core, fill.LiquidatedAccount);
            Price(json, "markPx"u8, instrument, fill.LiquidationMark);
            json.WriteString("method"u8, fill.IsBackstop ? "backstop"u8 : "market"u8);
            json.WriteEndObject();
        }

        json.WriteString("feeToken"u8, "USDC"u8);
        json.WriteNull("twapId"u8);
        json.WriteEndObject();
    }

    /// <summary>One funding payment as in <c>userFunding</c>: the numbers under <c>delta</c>.</summary>
    public static void Funding(Utf8JsonWriter json, ExchangeCore core, FundingRecord payment)
    {
        json.WriteStartObject();
        json.WriteNumber("time"u8, payment.TimeMs);
        Hash(json, unchecked((ulong)payment.TimeMs));
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, "funding"u8);
        FundingNumbers(json, core, payment);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>One funding payment as in the stream <c>userFundings</c>: all in one object.</summary>
    public static void StreamFunding(Utf8JsonWriter json, ExchangeCore core, FundingRecord payment)
    {
        json.WriteStartObject();
        json.WriteNumber("time"u8, payment.TimeMs);
        FundingNumbers(json, core, payment);
        json.WriteEndObject();
    }

    /// <summary>
    /// One other movement of money: <c>{time, hash, delta:{type, …}}</c>. Of a liquidation only the account's value is told; its fills tell the
    /// positions.
    /// </summary>
    public static void LedgerUpdate(Utf8JsonWriter json, ExchangeCore core, LedgerRecord entry)
    {
        json.WriteStartObject();
        json.WriteNumber("time"u8, entry.TimeMs);
        Hash(json, unchecked((ulong)(entry.TimeMs ^ (entry.Amount << 20))));
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, entry.Kind);
        long amount = Math.Abs(entry.Amount);
        switch (entry.Kind)
        {
            case "accountClassTransfer":
                Usd(json, "usdc"u8, amount);
                json.WriteBoolean("toPerp"u8, entry.Amount > 0);
                break;
            case "subAccountTransfer" or "internalTransfer":
                Usd(json, "usdc"u8, amount);
                Address(json, "user"u8, core, entry.Amount < 0 ? entry.Account : entry.Other);
                Address(json, "destination"u8, core, entry.Amount < 0 ? entry.Other : entry.Account);
                if (entry.Kind == "internalTransfer")
                {
                    Usd(json, "fee"u8, 0);
                }

                break;
            case "withdraw":
                Usd(json, "usdc"u8, amount);
                json.WriteNumber("nonce"u8, entry.TimeMs);
                Usd(json, "fee"u8, 0);
                break;
            case "liquidation":
                Usd(json, "accountValue"u8, entry.Amount);
                break;
            default:
                Usd(json, "usdc"u8, entry.Amount);
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>
    /// Joins the fills of one crossing order at one moment, as <c>aggregateByTime</c> asks: sizes, fees and profits are added, the price is their
    /// average to the nearest tick, ids and position are the first one's. Fills of resting orders stay apart. Oldest first.
    /// </summary>
    public static List<FillRecord> Aggregate(IReadOnlyList<FillRecord> fills)
    {
        List<FillRecord> joined = new(fills.Count);
        Int128 notional = 0;
        foreach (FillRecord fill in fills)
        {
            if (joined.Count > 0 && Joins(joined[^1], fill))
            {
                FillRecord so = joined[^1];
                notional += (Int128)fill.Price * fill.Size;
                long size = so.Size + fill.Size;
                joined[^1] = so with
                {
                    Size = size,
                    Price = (long)((notional + (size / 2)) / size),
                    Fee = so.Fee + fill.Fee,
                    ClosedPnl = so.ClosedPnl + fill.ClosedPnl,
                };
            }
            else
            {
                notional = (Int128)fill.Price * fill.Size;
                joined.Add(fill);
            }
        }

        return joined;
    }

    private static bool Joins(FillRecord a, FillRecord b) =>
        a.IsTaker && b.IsTaker && a.OrderId == b.OrderId && a.OrderId != 0 && a.TimeMs == b.TimeMs && a.Account == b.Account;

    private static void FundingNumbers(Utf8JsonWriter json, ExchangeCore core, FundingRecord payment)
    {
        Instrument instrument = core.Settings.Instruments[payment.Symbol];
        json.WriteString("coin"u8, instrument.Name);
        Usd(json, "usdc"u8, payment.Amount);
        Size(json, "szi"u8, instrument, payment.Size);
        Rate(json, "fundingRate"u8, payment.Rate);
        json.WriteNull("nSamples"u8);
    }

    private static ReadOnlySpan<byte> Direction(FillRecord fill)
    {
        long before = fill.StartPosition;
        long after = before + (fill.Side == OrderSide.Buy ? fill.Size : -fill.Size);
        return (Math.Sign(before), Math.Sign(after)) switch
        {
            (> 0, < 0) => "Long > Short"u8,
            (< 0, > 0) => "Short > Long"u8,
            (> 0, _) when after < before => "Close Long"u8,
            (< 0, _) when after > before => "Close Short"u8,
            _ => fill.Side == OrderSide.Buy ? "Open Long"u8 : "Open Short"u8,
        };
    }
}
