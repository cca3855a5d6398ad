using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>What is sent.</summary>
internal sealed partial class StreamHub
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json = new(
        new ArrayBufferWriter<byte>(1),
        new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );
    private readonly ArrayBufferWriter<byte> _mids = new(4096);
    private byte[] _midsBefore = [];
    private long _midsNumber;
    private bool _areMidsStale = true;

    private void Send(Subscription of, bool isFirst, in Now now, IEffectSink<GatewayOutput> effects)
    {
        switch (of.Kind)
        {
            case StreamKind.AllMids:
                SendMids(of, in now, effects);
                break;
            case StreamKind.BestQuote:
                SendQuote(of, isFirst, in now, effects);
                break;
            case StreamKind.Candle:
                SendCandles(of, isFirst, in now, effects);
                break;
            case StreamKind.Trades when of.Trades.Count > 0:
                BeginData("trades"u8);
                WriteAll(of.Trades, VenueJson.Trade);
                of.Trades.Clear();
                EndData(of, in now, effects);
                break;
            case StreamKind.OrderUpdates when of.Orders.Count > 0:
                SwapModified(of.Orders);
                BeginData("orderUpdates"u8);
                WriteAll(of.Orders, VenueJson.Order);
                of.Orders.Clear();
                EndData(of, in now, effects);
                break;
            case StreamKind.UserEvents:
                SendEvents(of, in now, effects);
                break;
            case StreamKind.Trades or StreamKind.OrderUpdates or StreamKind.Notification:
                break;
            case StreamKind.UserFills:
            case StreamKind.UserFundings:
            case StreamKind.Ledger:
            case StreamKind.HistoricalOrders:
            case StreamKind.TwapHistory:
            case StreamKind.TwapSliceFills:
                SendRecords(of, isFirst, in now, effects);
                break;
            default:
                SendState(of, in now, effects);
                break;
        }
    }

    private void SendMids(Subscription of, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (_areMidsStale)
        {
            _areMidsStale = false;
            _mids.ResetWrittenCount();
            using (Utf8JsonWriter json = new(_mids))
            {
                _venue.WriteMids(json);
            }

            if (!_mids.WrittenSpan.SequenceEqual(_midsBefore))
            {
                _midsBefore = _mids.WrittenSpan.ToArray();
                _midsNumber++;
            }
        }

        if (of.SentMids != _midsNumber)
        {
            of.SentMids = _midsNumber;
            BeginData("allMids"u8);
            _json.WriteStartObject();
            _json.WritePropertyName("mids"u8);
            _json.WriteRawValue(_midsBefore, skipInputValidation: true);
            _json.WriteEndObject();
            EndData(of, in now, effects);
        }
    }

    private void SendQuote(Subscription of, bool isFirst, in Now now, IEffectSink<GatewayOutput> effects)
    {
        Instrument instrument = _venue.Core.Settings.Instruments[of.Symbol];
        (BookLevel, BookLevel) quote = (Best(of.Symbol, OrderSide.Buy), Best(of.Symbol, OrderSide.Sell));
        if (!isFirst && quote == of.SentQuote)
        {
            return;
        }

        of.SentQuote = quote;
        BeginData("bbo"u8);
        _json.WriteStartObject();
        _json.WriteString("coin"u8, instrument.Name);
        _json.WriteNumber("time"u8, _venue.ToldMs);
        _json.WriteStartArray("bbo"u8);
        WriteLevel(instrument, quote.Item1);
        WriteLevel(instrument, quote.Item2);
        _json.WriteEndArray();
        _json.WriteEndObject();
        EndData(of, in now, effects);
    }

    private void WriteLevel(Instrument instrument, in BookLevel level)
    {
        if (level.Orders == 0)
        {
            _json.WriteNullValue();
        }
        else
        {
            VenueJson.Level(_json, instrument, in level);
        }
    }

    private BookLevel Best(int symbol, OrderSide side)
    {
        Span<BookLevel> level = stackalloc BookLevel[1];
        return _venue.Core.Depth(symbol, side, level) == 0 ? default : level[0];
    }

    private void SendCandles(Subscription of, bool isFirst, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (isFirst && _venue.TryCandle(of.Symbol, of.IntervalMs, out CandleRecord last))
        {
            of.Candles.Add(last);
        }

        foreach (CandleRecord candle in of.Candles)
        {
            BeginData("candle"u8);
            VenueJson.Candle(_json, _venue.Core.Settings.Instruments[of.Symbol], in candle);
            EndData(of, in now, effects);
        }

        of.Candles.Clear();
    }

    /// <summary>Lists of an account's records: all of them first, then what is new.</summary>
    private void SendRecords(Subscription of, bool isFirst, in Now now, IEffectSink<GatewayOutput> effects)
    {
        BeginData(Channel(of.Kind));
        _json.WriteStartObject();
        _json.WriteString("user"u8, of.User);
        if (isFirst)
        {
            _json.WriteBoolean("isSnapshot"u8, value: true);
        }

        bool isKnown = isFirst && of.Account >= 0;
        switch (of.Kind)
        {
            case StreamKind.UserFills:
                _json.WritePropertyName("fills"u8);
                IReadOnlyList<FillRecord> fills = isKnown ? _venue.Fills(of.Account) : of.Fills;
                WriteAll(of.Aggregates ? VenueJson.Aggregate(fills) : fills, VenueJson.Fill);
                of.Fills.Clear();
                break;
            case StreamKind.UserFundings:
                _json.WritePropertyName("fundings"u8);
                WriteAll(isKnown ? _venue.Funding(of.Account) : of.Fundings, VenueJson.StreamFunding);
                of.Fundings.Clear();
                break;
            case StreamKind.Ledger:
                _json.WritePropertyName("nonFundingLedgerUpdates"u8);
                WriteAll(isKnown ? _venue.Ledger(of.Account) : of.Ledger, VenueJson.LedgerUpdate);
                of.Ledger.Clear();
                break;
            case StreamKind.HistoricalOrders:
                _json.WritePropertyName("orderHistory"u8);
                WriteAll(of.Orders, VenueJson.HistoricalOrder);
                of.Orders.Clear();
                break;
            default:
                // Nobody has TWAP orders here.
                _json.WriteStartArray(of.Kind == StreamKind.TwapHistory ? "history"u8 : "twapSliceFills"u8);
                _json.WriteEndArray();
                break;
        }

        _json.WriteEndObject();
        EndData(of, in now, effects);
    }

    private void SendEvents(Subscription of, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (of.Fills.Count > 0)
        {
            BeginEvent("fills"u8);
            WriteAll(of.Fills, VenueJson.Fill);
            EndEvent(of, in now, effects);
        }

        foreach (FundingRecord payment in of.Fundings)
        {
            BeginEvent("funding"u8);
            VenueJson.StreamFunding(_json, _venue.Core, payment);
            EndEvent(of, in now, effects);
        }

        foreach (LedgerRecord entry in of.Ledger)
        {
            BeginEvent("liquidation"u8);
            WriteLiquidation(of, entry);
            EndEvent(of, in now, effects);
        }

        if (of.Orders.Count > 0)
        {
            BeginEvent("nonUserCancel"u8);
            _json.WriteStartArray();
            foreach (OrderRecord order in of.Orders)
            {
                _json.WriteStartObject();
                _json.WriteString("coin"u8, _venue.Core.Settings.Instruments[order.Request.Symbol].Name);
                _json.WriteNumber("oid"u8, order.OrderId);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
            EndEvent(of, in now, effects);
        }

        of.Fills.Clear();
        of.Fundings.Clear();
        of.Ledger.Clear();
        of.Orders.Clear();
    }

    /// <summary>The position is what was taken from the account in this moment's fills; the house is who liquidates.</summary>
    private void WriteLiquidation(Subscription of, LedgerRecord entry)
    {
        long notional = 0;
        foreach (FillRecord fill in of.Fills)
        {
            notional += fill.LiquidatedAccount == of.Account ? fill.Price * fill.Size : 0;
        }

        _json.WriteStartObject();
        _json.WriteNumber("lid"u8, entry.TimeMs);
        VenueJson.Address(_json, "liquidator"u8, _venue.Core, ExchangeCore.House);
        _json.WriteString("liquidated_user"u8, of.User);
        VenueJson.Usd(_json, "liquidated_ntl_pos"u8, notional);
        VenueJson.Usd(_json, "liquidated_account_value"u8, entry.Amount);
        _json.WriteEndObject();
    }

    /// <summary>
    /// The venue tells the cancel of a modified order before or after its replacement. Such a pair is an order that was there before this input
    /// and was cancelled by its owner, and right after it one that was not.
    /// </summary>
    private void SwapModified(List<OrderRecord> orders)
    {
        for (int i = 0; i + 1 < orders.Count; i++)
        {
            bool isModify =
                orders[i].Status == OrderStatus.Canceled
                && orders[i].OrderId <= _newestOrder
                && orders[i + 1].OrderId > _newestOrder
                && orders[i + 1].Request.Symbol == orders[i].Request.Symbol;
            if (isModify && _random.Below(2) == 1)
            {
                (orders[i], orders[i + 1]) = (orders[i + 1], orders[i]);
                i++;
            }
        }
    }

    private void WriteAll<T>(IReadOnlyList<T> records, Action<Utf8JsonWriter, ExchangeCore, T> write)
    {
        _json.WriteStartArray();
        for (int i = Math.Max(0, records.Count - _settings.SnapshotMax); i < records.Count; i++)
        {
            write(_json, _venue.Core, records[i]);
        }

        _json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Channel(StreamKind kind) =>
        kind switch
        {
            StreamKind.UserFills => "userFills"u8,
            StreamKind.UserFundings => "userFundings"u8,
            StreamKind.Ledger => "userNonFundingLedgerUpdates"u8,
            StreamKind.HistoricalOrders => "userHistoricalOrders"u8,
            StreamKind.TwapHistory => "userTwapHistory"u8,
            StreamKind.TwapSliceFills => "userTwapSliceFills"u8,
            StreamKind.Book => "l2Book"u8,
            StreamKind.Context => "activeAssetCtx"u8,
            StreamKind.AccountState => "clearinghouseState"u8,
            StreamKind.OpenOrders => "openOrders"u8,
            StreamKind.AssetData => "activeAssetData"u8,
            StreamKind.WebData2 => "webData2"u8,
            StreamKind.WebData3 => "webData3"u8,
            StreamKind.TwapStates => "twapStates"u8,
            StreamKind.AssetContexts => "assetCtxs"u8,
            StreamKind.AllContexts => "allDexsAssetCtxs"u8,
            _ => "allDexsClearinghouseState"u8,
        };

    private void BeginEvent(ReadOnlySpan<byte> name)
    {
        BeginData("user"u8);
        _json.WriteStartObject();
        _json.WritePropertyName(name);
    }

    private void EndEvent(Subscription of, in Now now, IEffectSink<GatewayOutput> effects)
    {
        _json.WriteEndObject();
        EndData(of, in now, effects);
    }

    private void BeginData(ReadOnlySpan<byte> channel)
    {
        Begin();
        _json.WriteString("channel"u8, channel);
        _json.WritePropertyName("data"u8);
    }

    private void EndData(Subscription of, in Now now, IEffectSink<GatewayOutput> effects)
    {
        of.SentMs = now.MonotonicMs;
        End(of.Connection, in now, effects);
    }

    private void Begin()
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
    }

    private ReadOnlyMemory<byte> Finish()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    private void End(StreamConnection to, in Now now, IEffectSink<GatewayOutput> effects) => Put(to, Finish(), in now, effects);

    private static void Put(StreamConnection to, ReadOnlyMemory<byte> text, in Now now, IEffectSink<GatewayOutput> effects)
    {
        to.SentMs = now.MonotonicMs;
        effects.Add(new GatewayOutput.SocketSend(to.Id, text));
    }
}
