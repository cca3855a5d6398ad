using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Fills, payments and ledger entries as <c>userFills</c>, <c>userFunding</c> and <c>userNonFundingLedgerUpdates</c> have them.</summary>
internal static class FillJson
{
    private const string ZeroHash = "0x0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>One fill.</summary>
    public static void Write(Utf8JsonWriter json, IVenueState state, FillRecord fill)
    {
        Instrument instrument = state.Core.Settings.Instruments[fill.Symbol];
        json.WriteStartObject();
        json.WriteString("coin"u8, instrument.Name);
        json.Scaled("px"u8, fill.Price, instrument.PriceDecimals);
        json.Scaled("sz"u8, fill.Size, instrument.SizeDecimals);
        json.WriteString("side"u8, fill.Side == OrderSide.Buy ? "B"u8 : "A"u8);
        json.WriteNumber("time"u8, fill.TimeMs);
        json.Scaled("startPosition"u8, fill.StartPosition, instrument.SizeDecimals);
        json.WriteString("dir"u8, Direction(fill));
        json.Usd("closedPnl"u8, fill.ClosedPnl);
        json.WriteString("hash"u8, fill.OrderId == 0 ? ZeroHash : WireText.Hash(fill.TradeId, 1));
        json.WriteNumber("oid"u8, fill.OrderId);
        json.WriteBoolean("crossed"u8, fill.IsTaker);
        json.Usd("fee"u8, fill.Fee);
        json.WriteNumber("tid"u8, fill.TradeId);
        if (fill.Cloid != default)
        {
            json.Cloid(fill.Cloid);
        }

        if (fill.LiquidationMark > 0)
        {
            json.WriteStartObject("liquidation"u8);
            if (state.Core.TryAddress(fill.LiquidatedAccount, out Address liquidated))
            {
                json.WriteString("liquidatedUser"u8, liquidated.ToString());
            }

            json.Scaled("markPx"u8, fill.LiquidationMark, instrument.PriceDecimals);
            json.WriteString("method"u8, fill.IsBackstop ? "backstop"u8 : "market"u8);
            json.WriteEndObject();
        }

        json.WriteString("feeToken"u8, "USDC"u8);
        json.WriteNull("twapId"u8);
        json.WriteEndObject();
    }

    /// <summary>What a fill did to its position, in the venue's words.</summary>
    public static string Direction(FillRecord fill)
    {
        long after = fill.StartPosition + (fill.Side == OrderSide.Buy ? fill.Size : -fill.Size);
        return fill.StartPosition switch
        {
            > 0 when after < 0 => "Long > Short",
            < 0 when after > 0 => "Short > Long",
            > 0 when fill.Side == OrderSide.Sell => "Close Long",
            < 0 when fill.Side == OrderSide.Buy => "Close Short",
            _ => fill.Side == OrderSide.Buy ? "Open Long" : "Open Short",
        };
    }

    /// <summary>One funding payment as <c>userFunding</c> has it: the numbers in <c>delta</c>.</summary>
    public static void WriteFunding(Utf8JsonWriter json, IVenueState state, FundingRecord payment)
    {
        json.WriteStartObject();
        json.WriteNumber("time"u8, payment.TimeMs);
        json.WriteString("hash"u8, ZeroHash);
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, "funding"u8);
        WriteFundingNumbers(json, state, payment);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The members of a payment; the stream <c>userFundings</c> has them beside <c>time</c>.</summary>
    public static void WriteFundingNumbers(Utf8JsonWriter json, IVenueState state, FundingRecord payment)
    {
        Instrument instrument = state.Core.Settings.Instruments[payment.Symbol];
        json.WriteString("coin"u8, instrument.Name);
        json.Usd("usdc"u8, payment.Amount);
        json.Scaled("szi"u8, payment.Size, instrument.SizeDecimals);
        json.Scaled("fundingRate"u8, payment.Rate, 10);
        json.WriteNull("nSamples"u8);
    }

    /// <summary>One ledger entry.</summary>
    public static void WriteLedger(Utf8JsonWriter json, IVenueState state, LedgerRecord entry)
    {
        json.WriteStartObject();
        json.WriteNumber("time"u8, entry.TimeMs);
        json.WriteString("hash"u8, WireText.Hash(unchecked((entry.TimeMs * 31) + entry.Amount + entry.Account), 2));
        json.WriteStartObject("delta"u8);
        json.WriteString("type"u8, entry.Kind);
        switch (entry.Kind)
        {
            case "liquidation":
                json.Usd("liquidatedNtlPos"u8, 0);
                json.Usd("accountValue"u8, entry.Amount);
                json.WriteString("leverageType"u8, "Cross"u8);
                json.WriteStartArray("liquidatedPositions"u8);
                json.WriteEndArray();
                break;
            case "subAccountTransfer":
            case "internalTransfer":
                json.Usd("usdc"u8, Math.Abs(entry.Amount));
                json.WriteString("user"u8, AddressOf(state, entry.Amount < 0 ? entry.Account : entry.Other));
                json.WriteString("destination"u8, AddressOf(state, entry.Amount < 0 ? entry.Other : entry.Account));
                if (entry.Kind == "internalTransfer")
                {
                    json.Usd("fee"u8, 0);
                }

                break;
            case "withdraw":
                json.Usd("usdc"u8, Math.Abs(entry.Amount));
                json.WriteNumber("nonce"u8, entry.TimeMs);
                json.Usd("fee"u8, 0);
                break;
            case "accountClassTransfer":
                json.Usd("usdc"u8, Math.Abs(entry.Amount));
                json.WriteBoolean("toPerp"u8, entry.Amount > 0);
                break;
            default:
                json.Usd("usdc"u8, Math.Abs(entry.Amount));
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Address of an account in text form; the zero address for the house and for nobody.</summary>
    public static string AddressOf(IVenueState state, int account) =>
        account > 0 && state.Core.TryAddress(account, out Address address) ? address.ToString() : default(Address).ToString();

    /// <summary>One trade of the tape.</summary>
    public static void WriteTrade(Utf8JsonWriter json, IVenueState state, TradeRecord trade)
    {
        Instrument instrument = state.Core.Settings.Instruments[trade.Symbol];
        json.WriteStartObject();
        json.WriteString("coin"u8, instrument.Name);
        json.WriteString("side"u8, trade.Aggressor == OrderSide.Buy ? "B"u8 : "A"u8);
        json.Scaled("px"u8, trade.Price, instrument.PriceDecimals);
        json.Scaled("sz"u8, trade.Size, instrument.SizeDecimals);
        json.WriteNumber("time"u8, trade.TimeMs);
        json.WriteString("hash"u8, WireText.Hash(trade.TradeId, 1));
        json.WriteNumber("tid"u8, trade.TradeId);
        json.WriteStartArray("users"u8);
        json.WriteStringValue(AddressOf(state, trade.Buyer));
        json.WriteStringValue(AddressOf(state, trade.Seller));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
