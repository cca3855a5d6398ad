namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Own fills, funding and transfers, in exact numbers.</summary>
internal static class HistoryReaders
{
    private static readonly FieldSet LiquidationFields = new(2, "markPx", "method", "liquidatedUser");

    private static readonly FieldSet FillFields = new(
        12,
        "coin",
        "px",
        "sz",
        "side",
        "time",
        "startPosition",
        "dir",
        "closedPnl",
        "hash",
        "oid",
        "crossed",
        "fee",
        "feeToken",
        "builderFee",
        "tid",
        "cloid",
        "liquidation"
    );

    private static readonly FieldSet StreamPaymentFields = new(
        5,
        "coin",
        "usdc",
        "szi",
        "fundingRate",
        "time",
        "nSamples",
        "hash"
    );

    private static readonly FieldSet PaymentDeltaFields = new(4, "coin", "usdc", "szi", "fundingRate", "nSamples");

    private static readonly FieldSet PaymentFields = new(3, "time", "hash", "delta");

    private static readonly FieldSet LedgerDeltaFields = new(
        1,
        "type",
        "usdc",
        "fee",
        "toPerp",
        "token",
        "amount",
        "user",
        "destination"
    );

    private static readonly FieldSet LedgerFields = new(3, "time", "hash", "delta");

    public static FillLiquidation Liquidation(ref WireReader reader)
    {
        decimal markPx = 0m;
        string method = "";
        string? liquidatedUser = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LiquidationFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    markPx = reader.NonNegative();
                    break;
                case 1:
                    method = reader.Word();
                    break;
                default:
                    liquidatedUser = reader.OptionalWord();
                    break;
            }
        }

        return new FillLiquidation(liquidatedUser, markPx, method);
    }

    public static UserFill Fill(ref WireReader reader)
    {
        string coin = "";
        decimal px = 0m;
        decimal sz = 0m;
        bool isBuy = false;
        long time = 0;
        decimal startPosition = 0m;
        string dir = "";
        decimal closedPnl = 0m;
        string hash = "";
        long oid = 0;
        bool crossed = false;
        decimal fee = 0m;
        string? feeToken = null;
        decimal? builderFee = null;
        long? tid = null;
        string? cloid = null;
        FillLiquidation? liquidation = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(FillFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    px = reader.Positive();
                    break;
                case 2:
                    sz = reader.NonNegative();
                    break;
                case 3:
                    isBuy = reader.IsBuy();
                    break;
                case 4:
                    time = reader.TimeMs();
                    break;
                case 5:
                    startPosition = reader.Amount();
                    break;
                case 6:
                    dir = reader.Word();
                    break;
                case 7:
                    closedPnl = reader.Amount();
                    break;
                case 8:
                    hash = reader.Word();
                    break;
                case 9:
                    oid = reader.Integer();
                    break;
                case 10:
                    crossed = reader.Flag();
                    break;
                case 11:
                    fee = reader.Amount();
                    break;
                case 12:
                    feeToken = reader.OptionalWord();
                    break;
                case 13:
                    builderFee = reader.IsNull ? null : reader.Amount();
                    break;
                case 14:
                    tid = reader.IsNull ? null : reader.Integer();
                    break;
                case 15:
                    cloid = reader.OptionalWord();
                    break;
                default:
                    liquidation = reader.IsNull ? null : Liquidation(ref reader);
                    break;
            }
        }

        return new UserFill(
            coin,
            px,
            sz,
            isBuy,
            time,
            startPosition,
            dir,
            closedPnl,
            hash,
            oid,
            crossed,
            fee,
            feeToken,
            builderFee,
            tid,
            cloid,
            liquidation
        );
    }

    public static FundingPayment StreamPayment(ref WireReader reader)
    {
        string coin = "";
        decimal usdc = 0m;
        decimal szi = 0m;
        decimal fundingRate = 0m;
        long time = 0;
        long? nSamples = null;
        string? hash = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(StreamPaymentFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    usdc = reader.Amount();
                    break;
                case 2:
                    szi = reader.Amount();
                    break;
                case 3:
                    fundingRate = reader.Amount();
                    break;
                case 4:
                    time = reader.TimeMs();
                    break;
                case 5:
                    nSamples = reader.IsNull ? null : reader.Integer();
                    break;
                default:
                    hash = reader.OptionalWord();
                    break;
            }
        }

        return new FundingPayment(coin, time, usdc, szi, fundingRate, nSamples, hash);
    }

    public static FundingPayment PaymentDelta(ref WireReader reader)
    {
        string coin = "";
        decimal usdc = 0m;
        decimal szi = 0m;
        decimal fundingRate = 0m;
        long? nSamples = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(PaymentDeltaFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    usdc = reader.Amount();
                    break;
                case 2:
                    szi = reader.Amount();
                    break;
                case 3:
                    fundingRate = reader.Amount();
                    break;
                default:
                    nSamples = reader.IsNull ? null : reader.Integer();
                    break;
            }
        }

        return new FundingPayment(coin, 0, usdc, szi, fundingRate, nSamples, null);
    }

    public static FundingPayment Payment(ref WireReader reader)
    {
        long time = 0;
        string hash = "";
        FundingPayment? delta = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(PaymentFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    time = reader.TimeMs();
                    break;
                case 1:
                    hash = reader.Word();
                    break;
                default:
                    delta = PaymentDelta(ref reader);
                    break;
            }
        }

        return delta is null ? null! : delta with { TimeMs = time, Hash = hash };
    }

    public static LedgerUpdate LedgerDelta(ref WireReader reader)
    {
        string kind = "";
        decimal? usdc = null;
        decimal? fee = null;
        bool? toPerp = null;
        string? token = null;
        decimal? amount = null;
        string? user = null;
        string? destination = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LedgerDeltaFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    kind = reader.Word();
                    break;
                case 1:
                    usdc = reader.IsNull ? null : reader.Amount();
                    break;
                case 2:
                    fee = reader.IsNull ? null : reader.Amount();
                    break;
                case 3:
                    toPerp = reader.IsNull ? null : reader.Flag();
                    break;
                case 4:
                    token = reader.OptionalWord();
                    break;
                case 5:
                    amount = reader.IsNull ? null : reader.Amount();
                    break;
                case 6:
                    user = reader.OptionalWord();
                    break;
                default:
                    destination = reader.OptionalWord();
                    break;
            }
        }

        return new LedgerUpdate(0, "", kind, usdc, fee, toPerp, token, amount, user, destination);
    }

    public static LedgerUpdate Ledger(ref WireReader reader)
    {
        long time = 0;
        string hash = "";
        LedgerUpdate? delta = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LedgerFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    time = reader.TimeMs();
                    break;
                case 1:
                    hash = reader.Word();
                    break;
                default:
                    delta = LedgerDelta(ref reader);
                    break;
            }
        }

        return delta is null ? null! : delta with { TimeMs = time, Hash = hash };
    }
}
