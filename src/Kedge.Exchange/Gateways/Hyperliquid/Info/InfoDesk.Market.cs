using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Actions;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Questions about the market.</summary>
internal sealed partial class InfoDesk
{
    private const int CandlesMax = 5_000;

    private bool TryMarket(string type, JsonElement query)
    {
        switch (type)
        {
            case "meta":
                MarketJson.WriteMeta(_json, Core);
                return IsOwnDex(query);
            case "metaAndAssetCtxs":
                WriteMetaAndContexts();
                return IsOwnDex(query);
            case "allPerpMetas":
                _json.WriteStartArray();
                MarketJson.WriteMeta(_json, Core);
                _json.WriteEndArray();
                return true;
            case "allMids":
                MarketJson.WriteMids(_json, store);
                return IsOwnDex(query);
            case "l2Book":
                return TryBook(query);
            case "candleSnapshot":
                return TryCandles(query);
            case "recentTrades":
                return TryTrades(query);
            case "fundingHistory":
                return TryFundingRates(query);
            case "predictedFundings":
                WritePredictedFundings();
                return true;
            case "perpsAtOpenInterestCap":
                WriteCapped();
                return true;
            default:
                return false;
        }
    }

    private void WriteMetaAndContexts()
    {
        _json.WriteStartArray();
        MarketJson.WriteMeta(_json, Core);
        _json.WriteStartArray();
        for (int symbol = 0; symbol < Core.Settings.Instruments.Count; symbol++)
        {
            MarketJson.WriteContext(_json, store, symbol);
        }

        _json.WriteEndArray();
        _json.WriteEndArray();
    }

    private bool TryBook(JsonElement query)
    {
        if (
            !TryCoin(query, out int symbol)
            || !TryOptional(query, "nSigFigs"u8, out int? figures)
            || !TryOptional(query, "mantissa"u8, out int? mantissa)
            || !BookJson.IsKnownCut(figures, mantissa)
        )
        {
            return false;
        }

        if (symbol < 0)
        {
            _json.WriteNullValue();
        }
        else
        {
            BookJson.Write(_json, store, symbol, figures, mantissa);
        }

        return true;
    }

    private static bool TryOptional(JsonElement query, ReadOnlySpan<byte> name, out int? number)
    {
        number = null;
        if (!query.TryMember(name, out JsonElement value))
        {
            return true;
        }

        bool isRead = value.TryWhole(out long given) && given is >= 0 and <= 100;
        number = (int)Math.Clamp(given, 0, 100);
        return isRead;
    }

    /// <summary>The newest of what begins in the span, or is under way at its start.</summary>
    private bool TryCandles(JsonElement query)
    {
        if (
            !query.TryMember("req"u8, out JsonElement request)
            || !TryCoin(request, out int symbol)
            || !request.TryText("interval"u8, out string? interval)
            || !CandleInterval.TryParse(interval, out long length)
            || !TryRange(request, out long from, out long to)
        )
        {
            return false;
        }

        from = CandleInterval.OpenOf(length, Math.Clamp(from, 0, CandleTimeMax));
        List<CandleRecord> candles = symbol < 0 ? [] : [.. store.Candles.Between(symbol, length, from, to)];
        _json.WriteStartArray();
        for (int i = Math.Max(0, candles.Count - CandlesMax); i < candles.Count; i++)
        {
            _items++;
            VenueJson.Candle(_json, Core.Settings.Instruments[symbol], candles[i]);
        }

        _json.WriteEndArray();
        return true;
    }

    /// <summary>The year 2200: later starts have no candles and no calendar month.</summary>
    private const long CandleTimeMax = 7_258_118_400_000;

    private bool TryTrades(JsonElement query)
    {
        if (!TryCoin(query, out int symbol))
        {
            return false;
        }

        _json.WriteStartArray();
        IReadOnlyList<TradeRecord> trades = symbol < 0 ? [] : store.Trades(symbol);
        for (int i = trades.Count - 1; i >= Math.Max(0, trades.Count - RecentTrades); i--)
        {
            _items++;
            VenueJson.Trade(_json, Core, trades[i]);
        }

        _json.WriteEndArray();
        return true;
    }

    private const int RecentTrades = 10;

    private bool TryFundingRates(JsonElement query)
    {
        if (!TryCoin(query, out int symbol) || !TryRange(query, out long from, out long to))
        {
            return false;
        }

        _json.WriteStartArray();
        foreach (FundingRateRecord rate in symbol < 0 ? [] : store.FundingRates(symbol))
        {
            if (rate.TimeMs >= from && rate.TimeMs <= to && _items < store.Settings.PageSize)
            {
                _items++;
                _json.WriteStartObject();
                _json.WriteString("coin"u8, Core.Settings.Instruments[symbol].Name);
                VenueJson.Rate(_json, "fundingRate"u8, rate.Rate);
                VenueJson.Rate(_json, "premium"u8, rate.Premium);
                _json.WriteNumber("time"u8, rate.TimeMs);
                _json.WriteEndObject();
            }
        }

        _json.WriteEndArray();
        return true;
    }

    /// <summary><c>[[coin, [[venue, {fundingRate, nextFundingTime}]]]]</c>.</summary>
    private void WritePredictedFundings()
    {
        long interval = Core.Settings.FundingIntervalMs;
        _json.WriteStartArray();
        for (int symbol = 0; symbol < Core.Settings.Instruments.Count; symbol++)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(Core.Settings.Instruments[symbol].Name);
            _json.WriteStartArray();
            _json.WriteStartArray();
            _json.WriteStringValue("HlPerp"u8);
            _json.WriteStartObject();
            VenueJson.Rate(_json, "fundingRate"u8, Core.Prices(symbol).FundingRate);
            _json.WriteNumber("nextFundingTime"u8, ((Core.TimeMs / interval) + 1) * interval);
            _json.WriteNumber("fundingIntervalHours"u8, Math.Max(1, interval / 3_600_000));
            _json.WriteEndObject();
            _json.WriteEndArray();
            _json.WriteEndArray();
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private void WriteCapped()
    {
        _json.WriteStartArray();
        for (int symbol = 0; symbol < Core.Settings.Instruments.Count; symbol++)
        {
            Instrument instrument = Core.Settings.Instruments[symbol];
            if (Core.Prices(symbol).OpenInterest >= instrument.MaxOpenInterest)
            {
                _json.WriteStringValue(instrument.Name);
            }
        }

        _json.WriteEndArray();
    }
}
