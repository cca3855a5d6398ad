namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>
/// Reads stream messages. Never throws: what cannot be read is counted with its reason and answered with <see cref="PayloadKind.None"/>.
/// Prices go to <see cref="Mids"/> and <see cref="Quote"/> without allocation; all else becomes <see cref="Message"/>. One per connection.
/// </summary>
public sealed class StreamDecoder
{
    private static readonly FieldSet Envelope = new(1, "channel", "data");

    private readonly SymbolTable symbols;
    private readonly DecodeReport report;
    private BestQuote quote;

    /// <summary>A decoder.</summary>
    /// <param name="symbols">Symbols whose prices are wanted.</param>
    /// <param name="report">Takes the counts.</param>
    public StreamDecoder(SymbolTable symbols, DecodeReport report)
    {
        this.symbols = symbols;
        this.report = report;
    }

    /// <summary>The prices of the last <see cref="PayloadKind.Mids"/>.</summary>
    public MidUpdates Mids { get; } = new();

    /// <summary>The last <see cref="PayloadKind.Quote"/>.</summary>
    public ref readonly BestQuote Quote => ref quote;

    /// <summary>The last message, if it was neither of the two and had content.</summary>
    public StreamMessage? Message { get; private set; }

    /// <summary>Why the last message was refused; no problem if it was not.</summary>
    public DecodeFault Fault { get; private set; }

    /// <summary>Reads one message and says what it was.</summary>
    public PayloadKind Decode(ReadOnlySpan<byte> frame)
    {
        Message = null;
        quote = new BestQuote { SymbolId = -1 };
        if (frame.SequenceEqual("Websocket connection established."u8))
        {
            return End(PayloadKind.Greeting, default, isOk: true);
        }

        WireReader reader = new(frame);
        WireReader channel = reader;
        WireReader data = reader;
        FieldCursor cursor = reader.Object();
        while (reader.Next(Envelope, ref cursor))
        {
            if (cursor.Field == 0)
            {
                channel = reader;
            }
            else
            {
                data = reader;
            }

            reader.Raw();
        }

        if (!reader.IsOk)
        {
            return End(PayloadKind.None, reader, isOk: false);
        }

        if (!channel.IsText)
        {
            channel.Fail(DecodeProblem.WrongType);
            return End(PayloadKind.None, channel, isOk: false);
        }

        PayloadKind kind = Kind(channel.Word(stackalloc byte[WireReader.MaxWordBytes]));
        if (kind == PayloadKind.UnknownChannel)
        {
            Message = new UnknownChannelMessage(channel.Word());
            return End(kind, channel, channel.IsOk);
        }

        if (kind == PayloadKind.Pong)
        {
            return End(kind, reader, isOk: true);
        }

        if (!cursor.Has(1))
        {
            reader.Fail(DecodeProblem.MissingField);
            return End(kind, reader, isOk: false);
        }

        Content(kind, ref data);
        return End(kind, data, data.IsOk);
    }

    private void Content(PayloadKind kind, ref WireReader data)
    {
        switch (kind)
        {
            case PayloadKind.Mids:
                PriceReaders.MidsMessage(ref data, symbols, Mids);
                report.UnknownSymbols += data.IsOk ? Mids.UnknownSymbols : 0;
                break;
            case PayloadKind.Quote:
                quote = PriceReaders.Quote(ref data, symbols);
                report.UnknownSymbols += data.IsOk && quote.SymbolId < 0 ? 1 : 0;
                break;
            case PayloadKind.Candle:
                Message = new CandleMessage(MarketReaders.Candle(ref data));
                break;
            case PayloadKind.Book:
                Message = new BookMessage(MarketReaders.Book(ref data));
                break;
            case PayloadKind.Trades:
                Message = new TradesMessage(data.List(MarketReaders.Trade));
                break;
            case PayloadKind.Fills:
                Message = AccountStreamReaders.FillsMessage(ref data);
                break;
            case PayloadKind.OrderUpdates:
                Message = new OrderUpdatesMessage(data.List(OrderReaders.State));
                break;
            case PayloadKind.FundingPayments:
                Message = AccountStreamReaders.PaymentsMessage(ref data);
                break;
            case PayloadKind.Ledger:
                Message = AccountStreamReaders.LedgerMessage(ref data);
                break;
            case PayloadKind.Subscription:
                Message = ControlReaders.Subscription(ref data);
                break;
            case PayloadKind.Post:
                Message = ControlReaders.Post(ref data);
                break;
            default:
                Message = ControlReaders.Error(ref data);
                break;
        }
    }

    private static PayloadKind Kind(ReadOnlySpan<byte> channel) =>
        channel switch
        {
            _ when channel.SequenceEqual("allMids"u8) => PayloadKind.Mids,
            _ when channel.SequenceEqual("bbo"u8) => PayloadKind.Quote,
            _ when channel.SequenceEqual("candle"u8) => PayloadKind.Candle,
            _ when channel.SequenceEqual("l2Book"u8) => PayloadKind.Book,
            _ when channel.SequenceEqual("trades"u8) => PayloadKind.Trades,
            _ when channel.SequenceEqual("userFills"u8) => PayloadKind.Fills,
            _ when channel.SequenceEqual("orderUpdates"u8) => PayloadKind.OrderUpdates,
            _ when channel.SequenceEqual("userFundings"u8) => PayloadKind.FundingPayments,
            _ when channel.SequenceEqual("userNonFundingLedgerUpdates"u8) => PayloadKind.Ledger,
            _ when channel.SequenceEqual("subscriptionResponse"u8) => PayloadKind.Subscription,
            _ when channel.SequenceEqual("pong"u8) => PayloadKind.Pong,
            _ when channel.SequenceEqual("post"u8) => PayloadKind.Post,
            _ when channel.SequenceEqual("error"u8) => PayloadKind.StreamError,
            _ => PayloadKind.UnknownChannel,
        };

    private PayloadKind End(PayloadKind kind, in WireReader reader, bool isOk)
    {
        Fault = isOk
            ? new DecodeFault(kind, DecodeProblem.None, 0, null)
            : new DecodeFault(kind, reader.Problem, reader.Offset, reader.Field);
        report.Add(Fault);
        if (isOk)
        {
            return kind;
        }

        // Half a message is none.
        Message = null;
        Mids.Clear(0);
        quote = new BestQuote { SymbolId = -1 };
        return PayloadKind.None;
    }
}
