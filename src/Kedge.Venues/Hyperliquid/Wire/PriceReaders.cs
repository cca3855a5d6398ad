namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Prices into reused memory: nothing is allocated.</summary>
internal static class PriceReaders
{
    private static readonly FieldSet MidsFields = new(1, "mids");
    private static readonly FieldSet QuoteFields = new(3, "coin", "time", "bbo");
    private static readonly FieldSet LevelFields = new(2, "px", "sz");

    /// <summary>The stream's form: the prices stand in a field.</summary>
    public static void MidsMessage(ref WireReader reader, SymbolTable symbols, MidUpdates mids)
    {
        FieldCursor cursor = reader.Object();
        mids.Clear(symbols.Count);
        while (reader.Next(MidsFields, ref cursor))
        {
            Mids(ref reader, symbols, mids);
        }
    }

    /// <summary>An object of symbols and prices. A price that cannot be costs its symbol and not the others.</summary>
    public static void Mids(ref WireReader reader, SymbolTable symbols, MidUpdates mids)
    {
        Span<byte> buffer = stackalloc byte[WireReader.MaxWordBytes];
        mids.Clear(symbols.Count);
        reader.Object();
        while (reader.NextName())
        {
            int id = symbols.Find(reader.Word(buffer));
            reader.ToValue();
            bool isPrice = reader.TryPrice(out double price);
            if (!reader.IsOk)
            {
                return;
            }

            if (id < 0)
            {
                mids.AddUnknown();
            }
            else if (!isPrice)
            {
                mids.AddBad(id);
            }
            else if (!mids.Add(id, price))
            {
                reader.Fail(DecodeProblem.DuplicateField);
            }
        }
    }

    /// <summary>Best bid and offer; either may be null.</summary>
    public static BestQuote Quote(ref WireReader reader, SymbolTable symbols)
    {
        BestQuote quote = default;
        FieldCursor cursor = reader.Object();
        while (reader.Next(QuoteFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    quote.SymbolId = Symbol(ref reader, symbols);
                    break;
                case 1:
                    quote.TimeMs = reader.TimeMs();
                    break;
                default:
                    Sides(ref reader, ref quote);
                    break;
            }
        }

        return quote;
    }

    private static int Symbol(ref WireReader reader, SymbolTable symbols)
    {
        if (!reader.IsText)
        {
            reader.Fail(DecodeProblem.WrongType);
            return -1;
        }

        Span<byte> buffer = stackalloc byte[WireReader.MaxWordBytes];
        return symbols.Find(reader.Word(buffer));
    }

    private static void Sides(ref WireReader reader, ref BestQuote quote)
    {
        int side = 0;
        reader.List();
        while (reader.NextItem())
        {
            (double price, double size) = reader.IsNull ? default : Level(ref reader);
            if (side == 0)
            {
                (quote.BidPrice, quote.BidSize) = (price, size);
            }
            else
            {
                (quote.AskPrice, quote.AskSize) = (price, size);
            }

            if (++side > 2)
            {
                reader.Fail(DecodeProblem.TooManyItems);
            }
        }

        if (side < 2)
        {
            reader.Fail(DecodeProblem.MissingField);
        }
    }

    private static (double Price, double Size) Level(ref WireReader reader)
    {
        double price = 0.0;
        double size = 0.0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LevelFields, ref cursor))
        {
            if (cursor.Field == 0)
            {
                price = reader.Price();
            }
            else
            {
                size = reader.Quantity();
            }
        }

        return (price, size);
    }
}
