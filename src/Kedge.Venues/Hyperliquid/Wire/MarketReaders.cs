namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Candles, books, trades, funding rates: market data, in doubles.</summary>
internal static class MarketReaders
{
    private static readonly FieldSet CandleFields = new(10, "t", "T", "s", "i", "o", "c", "h", "l", "v", "n");

    private static readonly FieldSet LevelFields = new(3, "px", "sz", "n");

    private static readonly FieldSet BookFields = new(2, "coin", "levels", "time");

    private static readonly FieldSet TradeFields = new(7, "coin", "side", "px", "sz", "time", "hash", "tid");

    private static readonly FieldSet FundingRateFields = new(4, "coin", "fundingRate", "premium", "time");

    public static VenueCandle Candle(ref WireReader reader)
    {
        long openTime = 0;
        long closeTime = 0;
        string coin = "";
        string interval = "";
        double open = 0.0;
        double close = 0.0;
        double high = 0.0;
        double low = 0.0;
        double volume = 0.0;
        long trades = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(CandleFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    openTime = reader.TimeMs();
                    break;
                case 1:
                    closeTime = reader.TimeMs();
                    break;
                case 2:
                    coin = reader.Word();
                    break;
                case 3:
                    interval = reader.Word();
                    break;
                case 4:
                    open = reader.Price();
                    break;
                case 5:
                    close = reader.Price();
                    break;
                case 6:
                    high = reader.Price();
                    break;
                case 7:
                    low = reader.Price();
                    break;
                case 8:
                    volume = reader.Quantity();
                    break;
                default:
                    trades = reader.Integer();
                    break;
            }
        }

        return new VenueCandle(coin, interval, openTime, closeTime, open, high, low, close, volume, trades);
    }

    public static BookLevel Level(ref WireReader reader)
    {
        double price = 0.0;
        double size = 0.0;
        long orders = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LevelFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    price = reader.Price();
                    break;
                case 1:
                    size = reader.Quantity();
                    break;
                default:
                    orders = reader.Integer();
                    break;
            }
        }

        return new BookLevel(price, size, orders);
    }

    public static BookSnapshot Book(ref WireReader reader)
    {
        string coin = "";
        (IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks) sides = ([], []);
        long? time = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(BookFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    sides = Sides(ref reader);
                    break;
                default:
                    time = reader.IsNull ? null : reader.Integer();
                    break;
            }
        }

        return new BookSnapshot(coin, time, sides.Bids, sides.Asks);
    }

    public static PublicTrade Trade(ref WireReader reader)
    {
        string coin = "";
        bool isBuy = false;
        double price = 0.0;
        double size = 0.0;
        long time = 0;
        string hash = "";
        long tid = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(TradeFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    isBuy = reader.IsBuy();
                    break;
                case 2:
                    price = reader.Price();
                    break;
                case 3:
                    size = reader.Quantity();
                    break;
                case 4:
                    time = reader.TimeMs();
                    break;
                case 5:
                    hash = reader.Word();
                    break;
                default:
                    tid = reader.Integer();
                    break;
            }
        }

        return new PublicTrade(coin, isBuy, price, size, time, hash, tid);
    }

    public static FundingRate FundingRate(ref WireReader reader)
    {
        string coin = "";
        double rate = 0.0;
        double premium = 0.0;
        long time = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(FundingRateFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    rate = reader.Number();
                    break;
                case 2:
                    premium = reader.Number();
                    break;
                default:
                    time = reader.TimeMs();
                    break;
            }
        }

        return new FundingRate(coin, time, rate, premium);
    }

    private static (IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks) Sides(ref WireReader reader)
    {
        IReadOnlyList<IReadOnlyList<BookLevel>> sides = reader.List(static (ref WireReader r) => r.List(Level));
        if (reader.IsOk && sides.Count != 2)
        {
            reader.Fail(DecodeProblem.Inconsistent);
        }

        return reader.IsOk ? (sides[0], sides[1]) : ([], []);
    }
}
