using System.Text;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>Documented shapes are read, and each way to be wrong has its reason.</summary>
public sealed class SpecifiedPayloadTests
{
    private readonly DecodeReport report = new();
    private readonly AnswerDecoder answers;
    private readonly StreamDecoder stream;

    public SpecifiedPayloadTests()
    {
        answers = new AnswerDecoder(report);
        stream = new StreamDecoder(new SymbolTable("BTC", "ETH"), report);
    }

    [Fact]
    public void Account_streams_tell_snapshots_from_news()
    {
        FillsMessage snapshot = Message<FillsMessage>(SpecifiedPayloads.FillsSnapshot, PayloadKind.Fills);
        Assert.True(snapshot.IsSnapshot);
        Assert.Equal(-0.01m, snapshot.Fills[0].Fee);
        Assert.Equal(9, snapshot.Fills[0].TradeId);
        FillsMessage news = Message<FillsMessage>(SpecifiedPayloads.Fills, PayloadKind.Fills);
        Assert.False(news.IsSnapshot);
        Assert.Equal(2, news.Fills.Count);
        Assert.Equal(
            -0.5m,
            Message<FundingPaymentsMessage>(SpecifiedPayloads.Fundings, PayloadKind.FundingPayments).Payments[0].Usdc
        );
        LedgerUpdate update = Message<LedgerMessage>(SpecifiedPayloads.Ledger, PayloadKind.Ledger).Updates[0];
        Assert.Equal(("withdraw", 10m, 1m), (update.Kind, update.Usdc, update.Fee));
    }

    [Fact]
    public void Answers_over_the_stream_are_told_apart()
    {
        PostMessage action = Message<PostMessage>(SpecifiedPayloads.PostAction, PayloadKind.Post);
        Assert.Equal(4, action.Id);
        Assert.Equal(
            [
                ExchangeStatusKind.Resting,
                ExchangeStatusKind.Rejected,
                ExchangeStatusKind.WaitingForFill,
                ExchangeStatusKind.Unknown,
            ],
            action.Action!.Statuses.Select(s => s.Kind)
        );
        Assert.Equal(VenueRejectReason.Margin, action.Action.Statuses[1].Reason);
        PostMessage info = Message<PostMessage>(SpecifiedPayloads.PostInfo, PayloadKind.Post);
        Assert.Equal("l2Book", info.InfoType);
        Assert.Equal("BTC", answers.Book(info.InfoData.Span).Value!.Coin);
        Assert.Equal("429", Message<PostMessage>(SpecifiedPayloads.PostError, PayloadKind.Post).Error);
        Assert.Equal(7, Message<StreamErrorMessage>(SpecifiedPayloads.Error, PayloadKind.StreamError).PostId);
    }

    [Fact]
    public void Control_messages_and_unknown_channels_are_counted_not_refused()
    {
        Assert.Equal(PayloadKind.Pong, Decode(SpecifiedPayloads.Pong));
        Assert.Equal(PayloadKind.Greeting, Decode("Websocket connection established."));
        Assert.Equal("webData9", Message<UnknownChannelMessage>(SpecifiedPayloads.Unknown, PayloadKind.UnknownChannel).Channel);
        Assert.Equal(1, report.Count(PayloadKind.UnknownChannel, DecodeProblem.None));
        Assert.Equal(0, report.Refused);
    }

    [Fact]
    public void A_book_may_have_one_side()
    {
        Assert.Equal(PayloadKind.Quote, Decode(SpecifiedPayloads.OneSided));
        Assert.Equal((0, 0.0, 2.5), (stream.Quote.SymbolId, stream.Quote.BidPrice, stream.Quote.AskPrice));
    }

    [Fact]
    public void Order_status_and_refusals()
    {
        OrderState state = answers.OrderStatus(Bytes(SpecifiedPayloads.Found)).Value!.State!;
        Assert.Equal(VenueOrderStatus.MarginCanceled, state.Status);
        Assert.True(state.Status.IsTerminal());
        Assert.Null(answers.OrderStatus(Bytes(SpecifiedPayloads.NotFound)).Value!.State);
        Assert.Equal(VenueOrderStatus.UnknownTerminal, VenueOrderStatuses.Parse("marsCanceled"));
        Assert.False(VenueOrderStatuses.Parse("paused").IsTerminal());
        ExchangeAnswer cancel = answers.Exchange(Bytes(SpecifiedPayloads.Canceled)).Value!;
        Assert.Equal(ExchangeStatusKind.Success, cancel.Statuses[0].Kind);
        Assert.Equal(VenueRejectReason.NotCancelable, cancel.Statuses[1].Reason);
        ExchangeAnswer refused = answers.Exchange(Bytes(SpecifiedPayloads.Refused)).Value!;
        Assert.Equal((false, VenueRejectReason.UnknownSigner), (refused.IsOk, refused.Reason));
        Assert.Equal(VenueRejectReason.Other, VenueRejectReasons.Parse("The moon is full."));
    }

    [Fact]
    public void Margin_tables_are_read()
    {
        VenueMeta meta = answers.Meta(Bytes(SpecifiedPayloads.Meta)).Value!;
        Assert.Equal(56, meta.MarginTables[0].Id);
        Assert.Equal(150_000_000.0, meta.MarginTables[0].Tiers[1].LowerBoundUsd);
        Assert.Equal("strictIsolated", meta.Assets[1].MarginMode);
    }

    [Theory]
    [InlineData("", DecodeProblem.Empty)]
    [InlineData("null", DecodeProblem.AbsentValue)]
    [InlineData("{", DecodeProblem.Truncated)]
    [InlineData("hello", DecodeProblem.Malformed)]
    [InlineData("{} {}", DecodeProblem.TrailingBytes)]
    [InlineData("{\"a\":\"\\ud800\"}", DecodeProblem.InvalidUtf8)]
    [InlineData("[]", DecodeProblem.WrongType)]
    [InlineData("{}", DecodeProblem.MissingField)]
    [InlineData("""{"coin":"A","coin":"A","levels":[[],[]]}""", DecodeProblem.DuplicateField)]
    [InlineData("""{"coin":"A","levels":[[]]}""", DecodeProblem.Inconsistent)]
    [InlineData("""{"coin":"A","levels":[[{"px":1,"sz":"1","n":1}],[]]}""", DecodeProblem.WrongType)]
    [InlineData("""{"coin":"A","levels":[[{"px":"1e5","sz":"1","n":1}],[]]}""", DecodeProblem.BadNumber)]
    [InlineData("""{"coin":"A","levels":[[{"px":"NaN","sz":"1","n":1}],[]]}""", DecodeProblem.BadNumber)]
    [InlineData("""{"coin":"A","levels":[[{"px":"1.","sz":"1","n":1}],[]]}""", DecodeProblem.BadNumber)]
    [InlineData("""{"coin":"A","levels":[[{"px":"1","sz":"1","n":1.5}],[]]}""", DecodeProblem.BadNumber)]
    [InlineData("""{"coin":"A","levels":[[{"px":"-1","sz":"1","n":1}],[]]}""", DecodeProblem.OutOfRange)]
    [InlineData("""{"coin":"A","levels":[[{"px":"0.0","sz":"1","n":1}],[]]}""", DecodeProblem.OutOfRange)]
    [InlineData(
        """{"coin":"A","levels":[[{"px":"111111111111111111111111111111111","sz":"1","n":1}],[]]}""",
        DecodeProblem.NumberTooLong
    )]
    [InlineData("""{"coin":"A","levels":[[],[]],"news":{"px":[true]}}""", DecodeProblem.None)]
    [InlineData("""{"co\u0069n":"A","levels":[[],[]]}""", DecodeProblem.None)]
    public void Each_way_to_be_wrong_has_its_reason(string body, DecodeProblem expected)
    {
        DecodeResult<BookSnapshot> book = answers.Book(Bytes(body));
        Assert.Equal(expected, book.Fault.Problem);
        Assert.Equal(expected == DecodeProblem.None, book.IsOk);
        Assert.Equal(1, report.Count(PayloadKind.Book, expected));
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.Equal(DecodeProblem.TooDeep, answers.Book(Bytes(new string('[', 100_000))).Fault.Problem);
        Assert.Equal(DecodeProblem.TooLong, answers.Book(new byte[JsonSyntax.MaxBytes + 1]).Fault.Problem);
        string coin = new('A', WireReader.MaxWordBytes + 1);
        Assert.Equal(DecodeProblem.TextTooLong, answers.Book(Bytes($"{{\"coin\":\"{coin}\",\"levels\":[[],[]]}}")).Fault.Problem);
    }

    [Fact]
    public void Half_a_price_message_is_none_and_a_bad_price_costs_its_symbol_alone()
    {
        Assert.Equal(PayloadKind.None, Decode("""{"channel":"allMids","data":{"mids":{"BTC":"1.0","ETH":"""));
        Assert.Equal(0, stream.Mids.Count);
        Assert.Equal(PayloadKind.Mids, Decode("""{"channel":"allMids","data":{"mids":{"BTC":"1.0","ETH":"-2"}}}"""));
        Assert.Equal([1.0], stream.Mids.Prices.ToArray());
        Assert.Equal(1, stream.Mids.BadPrices);
        Assert.Equal(PayloadKind.None, Decode("""{"channel":"allMids","data":{"mids":{"BTC":"1.0","BTC":"2.0"}}}"""));
        Assert.Equal(DecodeProblem.DuplicateField, stream.Fault.Problem);
        Assert.Equal(PayloadKind.Mids, Decode("""{"channel":"allMids","data":{"mids":{"DOGE":"1.0","BTC":"2.0"}}}"""));
        Assert.Equal([2.0], stream.Mids.Prices.ToArray());
        Assert.Equal(1, report.UnknownSymbols);
    }

    [Fact]
    public void Numbers_are_the_nearest_double_and_the_exact_decimal()
    {
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            string text =
                $"{(random.Next(4) == 0 ? "-" : "")}{random.NextInt64() >> random.Next(63)}.{random.Next(1_000_000):D6}";
            Assert.Equal(DecodeProblem.None, WireDecimal.Parse(Bytes(text), out double nearest));
            Assert.Equal(double.Parse(text), nearest);
            Assert.Equal(DecodeProblem.None, WireDecimal.Parse(Bytes(text), out decimal exact));
            Assert.Equal(decimal.Parse(text), exact);
        }
    }

    private PayloadKind Decode(string frame) => stream.Decode(Bytes(frame));

    private T Message<T>(string frame, PayloadKind kind)
    {
        Assert.Equal(kind, Decode(frame));
        return Assert.IsType<T>(stream.Message);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
