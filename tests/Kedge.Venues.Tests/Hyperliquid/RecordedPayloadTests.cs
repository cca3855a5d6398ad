using System.Globalization;
using System.Text.Json;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>Everything recorded from the venue is read, and says what an independent reader of the same JSON says.</summary>
public sealed class RecordedPayloadTests
{
    private readonly DecodeReport report = new();
    private readonly AnswerDecoder answers;
    private readonly StreamDecoder stream;

    public RecordedPayloadTests()
    {
        answers = new AnswerDecoder(report);
        stream = new StreamDecoder(new SymbolTable("HYPE", "0G", "2Z", "BTC"), report);
    }

    [Fact]
    public void Every_recorded_payload_is_read()
    {
        RecordedPayload.RequireAll();
        int read = 0;
        foreach (RecordedPayload payload in RecordedPayload.All)
        {
            DecodeFault fault = payload.Decode(answers, stream, payload.Bytes);
            Assert.True(fault.Problem == DecodeProblem.None, $"{payload.Source} ({payload.Type}): {fault}");
            read++;
        }

        Assert.True(read > 80, $"{read} payloads");
        Assert.Equal(read, report.Accepted);
        Assert.Equal(0, report.Refused);
    }

    [Fact]
    public void Fills_say_what_the_json_says() =>
        Each(
            "userFills",
            (bytes, json) =>
            {
                IReadOnlyList<UserFill> fills = answers.Fills(bytes).Value!;
                Assert.Equal(json.GetArrayLength(), fills.Count);
                foreach ((UserFill fill, JsonElement e) in fills.Zip(json.EnumerateArray()))
                {
                    Assert.Equal(e.GetProperty("coin").GetString(), fill.Coin);
                    Assert.Equal(Money(e, "px"), fill.Price);
                    Assert.Equal(Money(e, "sz"), fill.Size);
                    Assert.Equal(e.GetProperty("side").GetString() == "B", fill.IsBuy);
                    Assert.Equal(Money(e, "closedPnl"), fill.ClosedPnl);
                    Assert.Equal(Money(e, "fee"), fill.Fee);
                    Assert.Equal(Money(e, "startPosition"), fill.StartPosition);
                    Assert.Equal(e.GetProperty("oid").GetInt64(), fill.OrderId);
                    Assert.Equal(e.GetProperty("time").GetInt64(), fill.TimeMs);
                    Assert.Equal(e.TryGetProperty("tid", out JsonElement tid) ? tid.GetInt64() : null, fill.TradeId);
                    Assert.Equal(e.TryGetProperty("liquidation", out _), fill.Liquidation is not null);
                    Assert.Equal(e.GetProperty("crossed").GetBoolean(), fill.IsTaker);
                }
            }
        );

    [Fact]
    public void Candles_say_what_the_json_says() =>
        Each(
            "candleSnapshot",
            (bytes, json) =>
            {
                IReadOnlyList<VenueCandle> candles = answers.Candles(bytes).Value!;
                Assert.Equal(json.GetArrayLength(), candles.Count);
                foreach ((VenueCandle candle, JsonElement e) in candles.Zip(json.EnumerateArray()))
                {
                    Assert.Equal(e.GetProperty("t").GetInt64(), candle.OpenTimeMs);
                    Assert.Equal(e.GetProperty("T").GetInt64(), candle.CloseTimeMs);
                    Assert.Equal(Price(e, "o"), candle.Open);
                    Assert.Equal(Price(e, "h"), candle.High);
                    Assert.Equal(Price(e, "l"), candle.Low);
                    Assert.Equal(Price(e, "c"), candle.Close);
                    Assert.Equal(Price(e, "v"), candle.Volume);
                    Assert.Equal(e.GetProperty("n").GetInt64(), candle.Trades);
                }
            }
        );

    [Fact]
    public void Accounts_say_what_the_json_says() =>
        Each(
            "clearinghouseState",
            (bytes, json) =>
            {
                AccountState account = answers.Account(bytes).Value!;
                Assert.Equal(Money(json.GetProperty("marginSummary"), "accountValue"), account.Margin.AccountValue);
                Assert.Equal(Money(json.GetProperty("crossMarginSummary"), "totalRawUsd"), account.CrossMargin.TotalRawUsd);
                Assert.Equal(Money(json, "withdrawable"), account.Withdrawable);
                Assert.Equal(json.GetProperty("assetPositions").GetArrayLength(), account.Positions.Count);
                foreach (
                    (PositionState position, JsonElement e) in account.Positions.Zip(
                        json.GetProperty("assetPositions").EnumerateArray()
                    )
                )
                {
                    JsonElement p = e.GetProperty("position");
                    Assert.Equal(p.GetProperty("coin").GetString(), position.Coin);
                    Assert.Equal(Money(p, "szi"), position.Size);
                    Assert.Equal(Optional(p, "entryPx"), position.EntryPrice);
                    Assert.Equal(Optional(p, "liquidationPx"), position.LiquidationPrice);
                    Assert.Equal(p.GetProperty("leverage").GetProperty("value").GetInt32(), position.Leverage);
                    Assert.Equal(p.GetProperty("leverage").GetProperty("type").GetString() == "cross", position.IsCross);
                    Assert.Equal(Optional(p.GetProperty("leverage"), "rawUsd"), position.IsolatedRawUsd);
                }
            }
        );

    [Theory]
    [InlineData("openOrders")]
    [InlineData("frontendOpenOrders")]
    public void Open_orders_say_what_the_json_says(string type) =>
        Each(type, (bytes, json) => SameOrders(json, answers.OpenOrders(bytes).Value!));

    [Fact]
    public void Instruments_and_their_prices_say_what_the_json_says()
    {
        Each("meta", (bytes, json) => SameAssets(json, answers.Meta(bytes).Value!));
        Each(
            "metaAndAssetCtxs",
            (bytes, json) =>
            {
                MetaAndContexts both = answers.MetaAndContexts(bytes).Value!;
                SameAssets(json[0], both.Meta);
                foreach ((AssetContext context, JsonElement e) in both.Contexts.Zip(json[1].EnumerateArray()))
                {
                    Assert.Equal(Price(e, "funding"), context.FundingRate);
                    Assert.Equal(Price(e, "markPx"), context.MarkPrice);
                    Assert.Equal(Price(e, "oraclePx"), context.OraclePrice);
                    Assert.Equal(Price(e, "midPx"), context.MidPrice);
                    Assert.Equal(Price(e, "premium"), context.Premium);
                }
            }
        );
    }

    [Fact]
    public void Funding_and_transfers_say_what_the_json_says()
    {
        Each(
            "userFunding",
            (bytes, json) =>
            {
                foreach (
                    (FundingPayment payment, JsonElement e) in answers.FundingPayments(bytes).Value!.Zip(json.EnumerateArray())
                )
                {
                    Assert.Equal(e.GetProperty("time").GetInt64(), payment.TimeMs);
                    Assert.Equal(Money(e.GetProperty("delta"), "usdc"), payment.Usdc);
                    Assert.Equal(Money(e.GetProperty("delta"), "fundingRate"), payment.FundingRate);
                }
            }
        );
        Each(
            "fundingHistory",
            (bytes, json) =>
            {
                foreach ((FundingRate rate, JsonElement e) in answers.FundingRates(bytes).Value!.Zip(json.EnumerateArray()))
                {
                    Assert.Equal(e.GetProperty("time").GetInt64(), rate.TimeMs);
                    Assert.Equal(Price(e, "fundingRate"), rate.Rate);
                    Assert.Equal(Price(e, "premium"), rate.Premium);
                }
            }
        );
        Each(
            "userNonFundingLedgerUpdates",
            (bytes, json) =>
            {
                foreach ((LedgerUpdate update, JsonElement e) in answers.Ledger(bytes).Value!.Zip(json.EnumerateArray()))
                {
                    Assert.Equal(e.GetProperty("delta").GetProperty("type").GetString(), update.Kind);
                    Assert.Equal(Money(e.GetProperty("delta"), "usdc"), update.Usdc);
                }
            }
        );
    }

    [Fact]
    public void Stream_messages_say_what_the_json_says()
    {
        Each(
            "stream",
            (bytes, json) =>
            {
                JsonElement data = json.GetProperty("data");
                switch (stream.Decode(bytes))
                {
                    case PayloadKind.Mids:
                        Assert.Equal(data.GetProperty("mids").EnumerateObject().Count(), stream.Mids.Count);
                        Assert.Equal(1.2017, stream.Mids.Prices[0]);
                        Assert.Equal([1, 2], stream.Mids.Ids.ToArray());
                        break;
                    case PayloadKind.Quote:
                        Assert.Equal(0, stream.Quote.SymbolId);
                        Assert.Equal(Price(data.GetProperty("bbo")[0], "px"), stream.Quote.BidPrice);
                        Assert.Equal(Price(data.GetProperty("bbo")[1], "sz"), stream.Quote.AskSize);
                        break;
                    case PayloadKind.Book:
                        BookSnapshot book = Assert.IsType<BookMessage>(stream.Message).Book;
                        Assert.Equal(data.GetProperty("levels")[0].GetArrayLength(), book.Bids.Count);
                        Assert.Equal(Price(data.GetProperty("levels")[1][0], "px"), book.Asks[0].Price);
                        break;
                    case PayloadKind.Trades:
                        PublicTrade trade = Assert.IsType<TradesMessage>(stream.Message).Trades[0];
                        Assert.Equal(Price(data[0], "px"), trade.Price);
                        Assert.Equal(data[0].GetProperty("tid").GetInt64(), trade.TradeId);
                        break;
                    case PayloadKind.Candle:
                        Assert.Equal(Price(data, "c"), Assert.IsType<CandleMessage>(stream.Message).Candle.Close);
                        break;
                    case PayloadKind.OrderUpdates:
                        OrderState state = Assert.IsType<OrderUpdatesMessage>(stream.Message).Orders[0];
                        Assert.Equal(VenueOrderStatus.Open, state.Status);
                        Assert.Equal(Money(data[0].GetProperty("order"), "limitPx"), state.Order.LimitPrice);
                        break;
                    case PayloadKind.Subscription:
                        SubscriptionMessage ack = Assert.IsType<SubscriptionMessage>(stream.Message);
                        Assert.True(ack.IsSubscribe);
                        Assert.Equal(data.GetProperty("subscription").GetProperty("type").GetString(), ack.Type);
                        break;
                    default:
                        Assert.Fail(stream.Fault.ToString());
                        break;
                }
            }
        );
    }

    [Fact]
    public void Answers_to_orders_say_what_the_json_says()
    {
        int elements = 0;
        Each(
            "exchange",
            (bytes, json) =>
            {
                ExchangeAnswer answer = answers.Exchange(bytes).Value!;
                Assert.True(answer.IsOk);
                Assert.Equal(json.GetProperty("response").GetProperty("type").GetString(), answer.Type);
                elements += answer.Statuses.Count;
                Assert.DoesNotContain(answer.Statuses, s => s.Kind is ExchangeStatusKind.Unknown or ExchangeStatusKind.Rejected);
            }
        );
        Assert.Equal(5, elements);
    }

    private static void Each(string type, Action<byte[], JsonElement> check)
    {
        RecordedPayload.RequireAll();
        RecordedPayload[] payloads = [.. RecordedPayload.All.Where(p => p.Type == type)];
        Assert.NotEmpty(payloads);
        foreach (RecordedPayload payload in payloads)
        {
            using JsonDocument document = JsonDocument.Parse(payload.Bytes);
            check(payload.Bytes, document.RootElement);
        }
    }

    private static void SameOrders(JsonElement json, IReadOnlyList<OpenOrder> orders)
    {
        Assert.Equal(json.GetArrayLength(), orders.Count);
        foreach ((OpenOrder order, JsonElement e) in orders.Zip(json.EnumerateArray()))
        {
            Assert.Equal(e.GetProperty("oid").GetInt64(), order.OrderId);
            Assert.Equal(Money(e, "limitPx"), order.LimitPrice);
            Assert.Equal(Money(e, "sz"), order.Size);
            Assert.Equal(Optional(e, "triggerPx"), order.TriggerPrice);
            Assert.Equal(e.TryGetProperty("orderType", out JsonElement type) ? type.GetString() : null, order.OrderType);
            if (e.TryGetProperty("children", out JsonElement children))
            {
                SameOrders(children, order.Children);
            }
        }
    }

    private static void SameAssets(JsonElement json, VenueMeta meta)
    {
        Assert.Equal(json.GetProperty("universe").GetArrayLength(), meta.Assets.Count);
        foreach ((AssetMeta asset, JsonElement e) in meta.Assets.Zip(json.GetProperty("universe").EnumerateArray()))
        {
            Assert.Equal(e.GetProperty("name").GetString(), asset.Name);
            Assert.Equal(e.GetProperty("szDecimals").GetInt32(), asset.SizeDecimals);
            Assert.Equal(e.TryGetProperty("onlyIsolated", out _), asset.OnlyIsolated);
        }
    }

    private static decimal Money(JsonElement e, string name) =>
        decimal.Parse(e.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static decimal? Optional(JsonElement e, string name) =>
        e.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? Money(e, name) : null;

    private static double Price(JsonElement e, string name) =>
        double.Parse(e.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
