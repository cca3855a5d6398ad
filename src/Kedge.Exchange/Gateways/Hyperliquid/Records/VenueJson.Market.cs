using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Market data.</summary>
internal static partial class VenueJson
{
    /// <summary>One level of a book: <c>{px, sz, n}</c>.</summary>
    public static void Level(Utf8JsonWriter json, Instrument instrument, in BookLevel level)
    {
        json.WriteStartObject();
        Price(json, "px"u8, instrument, level.Price);
        Size(json, "sz"u8, instrument, level.Size);
        json.WriteNumber("n"u8, level.Orders);
        json.WriteEndObject();
    }

    /// <summary>One trade of the tape: <c>{coin, side, px, sz, time, hash, tid, users}</c>.</summary>
    public static void Trade(Utf8JsonWriter json, ExchangeCore core, TradeRecord trade)
    {
        Instrument instrument = core.Settings.Instruments[trade.Symbol];
        json.WriteStartObject();
        json.WriteString("coin"u8, instrument.Name);
        json.WriteString("side"u8, Side(trade.Aggressor));
        Price(json, "px"u8, instrument, trade.Price);
        Size(json, "sz"u8, instrument, trade.Size);
        json.WriteNumber("time"u8, trade.TimeMs);
        Hash(json, unchecked((ulong)trade.TradeId));
        json.WriteNumber("tid"u8, trade.TradeId);
        json.WriteStartArray("users"u8);
        Address(json, core, trade.Buyer);
        Address(json, core, trade.Seller);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>One candle: <c>{t, T, s, i, o, c, h, l, v, n}</c>.</summary>
    public static void Candle(Utf8JsonWriter json, Instrument instrument, in CandleRecord candle)
    {
        json.WriteStartObject();
        json.WriteNumber("t"u8, candle.OpenMs);
        json.WriteNumber("T"u8, CandleInterval.EndOf(candle.IntervalMs, candle.OpenMs) - 1);
        json.WriteString("s"u8, instrument.Name);
        json.WriteString("i"u8, CandleInterval.Name(candle.IntervalMs));
        Price(json, "o"u8, instrument, candle.Open);
        Price(json, "c"u8, instrument, candle.Close);
        Price(json, "h"u8, instrument, candle.High);
        Price(json, "l"u8, instrument, candle.Low);
        Size(json, "v"u8, instrument, candle.Volume);
        json.WriteNumber("n"u8, candle.Trades);
        json.WriteEndObject();
    }

    /// <summary><c>B</c> or <c>A</c>.</summary>
    public static ReadOnlySpan<byte> Side(OrderSide side) => side == OrderSide.Buy ? "B"u8 : "A"u8;
}
