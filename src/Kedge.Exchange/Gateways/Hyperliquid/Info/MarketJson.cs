using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Instruments, prices and candles.</summary>
internal static class MarketJson
{
    /// <summary>Ids below it mean one tier whose leverage is the id.</summary>
    private const int FirstTableId = 50;

    private const long MajorImpactUsd = 20_000;
    private const long MinorImpactUsd = 6_000;
    private const int ImpactLevels = 100;

    /// <summary><c>meta</c>.</summary>
    public static void WriteMeta(Utf8JsonWriter json, ExchangeCore core)
    {
        IReadOnlyList<Instrument> instruments = core.Settings.Instruments;
        json.WriteStartObject();
        json.WriteStartArray("universe"u8);
        for (int symbol = 0; symbol < instruments.Count; symbol++)
        {
            Instrument instrument = instruments[symbol];
            json.WriteStartObject();
            json.WriteNumber("szDecimals"u8, core.SizeDecimals(symbol));
            json.WriteString("name"u8, instrument.Name);
            json.WriteNumber("maxLeverage"u8, instrument.Margin.MaxLeverage);
            json.WriteNumber("marginTableId"u8, TableId(instrument, symbol));
            if (core.IsDelisted(symbol))
            {
                json.WriteBoolean("isDelisted"u8, true);
            }

            if (instrument.OnlyIsolated)
            {
                json.WriteBoolean("onlyIsolated"u8, true);
                json.WriteString("marginMode"u8, "noCross"u8);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("marginTables"u8);
        SortedDictionary<int, MarginTable> tables = [];
        for (int symbol = 0; symbol < instruments.Count; symbol++)
        {
            tables[TableId(instruments[symbol], symbol)] = instruments[symbol].Margin;
        }

        foreach ((int id, MarginTable table) in tables)
        {
            WriteTable(json, id, table);
        }

        json.WriteEndArray();
        json.WriteNumber("collateralToken"u8, 0);
        json.WriteEndObject();
    }

    /// <summary>One element of <c>metaAndAssetCtxs</c>.</summary>
    public static void WriteContext(Utf8JsonWriter json, VenueStore store, int symbol)
    {
        ExchangeCore core = store.Core;
        Instrument instrument = core.Settings.Instruments[symbol];
        PriceView prices = core.Prices(symbol);
        (long before, long notional, long lots) = store.Symbol(symbol).LastDay(core.TimeMs);
        long impactBid = Impact(core, symbol, OrderSide.Buy);
        long impactAsk = Impact(core, symbol, OrderSide.Sell);
        bool hasImpact = impactBid > 0 && impactAsk > 0 && prices.Oracle > 0;
        json.WriteStartObject();
        json.Scaled("funding"u8, prices.FundingRate, 10);
        json.Scaled("openInterest"u8, prices.OpenInterest, instrument.SizeDecimals);
        json.Scaled("prevDayPx"u8, before == 0 ? prices.Mark : before, instrument.PriceDecimals);
        json.Usd("dayNtlVlm"u8, notional);
        if (hasImpact)
        {
            json.Scaled("premium"u8, FundingFormula.Premium(impactBid, impactAsk, prices.Oracle), 10);
        }
        else
        {
            json.WriteNull("premium"u8);
        }

        json.Scaled("oraclePx"u8, prices.Oracle, instrument.PriceDecimals);
        json.Scaled("markPx"u8, prices.Mark, instrument.PriceDecimals);
        if (TryMid(core, symbol, out long twice))
        {
            json.Scaled("midPx"u8, twice * 5, instrument.PriceDecimals + 1);
        }
        else
        {
            json.WriteNull("midPx"u8);
        }

        if (hasImpact)
        {
            json.WriteStartArray("impactPxs"u8);
            VenueJson.Scaled(json, impactBid, instrument.PriceDecimals);
            VenueJson.Scaled(json, impactAsk, instrument.PriceDecimals);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("impactPxs"u8);
        }

        json.Scaled("dayBaseVlm"u8, lots, instrument.SizeDecimals);
        json.WriteEndObject();
    }

    /// <summary><c>allMids</c>: the last trade, else the mark, where a side is empty; nothing before the first price.</summary>
    public static void WriteMids(Utf8JsonWriter json, VenueStore store)
    {
        ExchangeCore core = store.Core;
        json.WriteStartObject();
        for (int symbol = 0; symbol < core.Settings.Instruments.Count; symbol++)
        {
            Instrument instrument = core.Settings.Instruments[symbol];
            if (TryMid(core, symbol, out long twice) && json.Named(instrument.Name))
            {
                VenueJson.Scaled(json, twice * 5, instrument.PriceDecimals + 1);
                continue;
            }

            PriceView prices = core.Prices(symbol);
            long price = prices.LastTrade > 0 ? prices.LastTrade : prices.Mark;
            if (price > 0 && json.Named(instrument.Name))
            {
                VenueJson.Scaled(json, price, instrument.PriceDecimals);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Twice the middle of the best bid and offer, ticks.</summary>
    public static bool TryMid(ExchangeCore core, int symbol, out long twice)
    {
        Span<BookLevel> level = stackalloc BookLevel[1];
        twice = core.Depth(symbol, OrderSide.Buy, level) == 1 ? level[0].Price : 0;
        if (twice == 0 || core.Depth(symbol, OrderSide.Sell, level) == 0)
        {
            return false;
        }

        twice += level[0].Price;
        return true;
    }

    /// <summary>Average price of taking the impact notional from a side, ticks; 0 when it is not that deep.</summary>
    private static long Impact(ExchangeCore core, int symbol, OrderSide side)
    {
        Instrument instrument = core.Settings.Instruments[symbol];
        long wanted = (instrument.Name is "BTC" or "ETH" ? MajorImpactUsd : MinorImpactUsd) * Bounds.Usd;
        Span<BookLevel> levels = stackalloc BookLevel[ImpactLevels];
        int count = core.Depth(symbol, side, levels);
        (long left, Int128 lots) = (wanted, 0);
        for (int i = 0; i < count && left > 0; i++)
        {
            long taken = (long)Int128.Min((Int128)levels[i].Price * levels[i].Size, left);
            left -= taken;

            // Lots in millionths: the last level is taken in part.
            lots += (Int128)taken * 1_000_000 / levels[i].Price;
        }

        return left > 0 || lots == 0 ? 0 : (long)((Int128)wanted * 1_000_000 / lots);
    }

    private static bool Named(this Utf8JsonWriter json, string name)
    {
        json.WritePropertyName(name);
        return true;
    }

    private static int TableId(Instrument instrument, int symbol) =>
        instrument.Margin.Tiers.Count == 1 && instrument.Margin.MaxLeverage < FirstTableId
            ? instrument.Margin.MaxLeverage
            : FirstTableId + symbol;

    private static void WriteTable(Utf8JsonWriter json, int id, MarginTable table)
    {
        json.WriteStartArray();
        json.WriteNumberValue(id);
        json.WriteStartObject();
        json.WriteString("description"u8, table.Tiers.Count == 1 ? "" : $"tiered {table.MaxLeverage}x");
        json.WriteStartArray("marginTiers"u8);
        foreach (MarginTier tier in table.Tiers)
        {
            json.WriteStartObject();
            json.Usd("lowerBound"u8, tier.LowerBound);
            json.WriteNumber("maxLeverage"u8, tier.MaxLeverage);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
