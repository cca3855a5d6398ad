namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The account and its request budget, in exact numbers.</summary>
internal static class AccountReaders
{
    private static readonly FieldSet SummaryFields = new(4, "accountValue", "totalNtlPos", "totalRawUsd", "totalMarginUsed");

    private static readonly FieldSet LeverageFields = new(2, "type", "value", "rawUsd");

    private static readonly FieldSet FundingFields = new(0, "sinceOpen");

    private static readonly FieldSet PositionFields = new(
        6,
        "coin",
        "szi",
        "positionValue",
        "unrealizedPnl",
        "marginUsed",
        "leverage",
        "entryPx",
        "liquidationPx",
        "cumFunding"
    );

    private static readonly FieldSet AssetPositionFields = new(1, "position");

    private static readonly FieldSet AccountFields = new(
        4,
        "marginSummary",
        "crossMarginSummary",
        "withdrawable",
        "assetPositions",
        "crossMaintenanceMarginUsed",
        "time"
    );

    private static readonly FieldSet RateLimitFields = new(3, "cumVlm", "nRequestsUsed", "nRequestsCap", "nRequestsSurplus");

    public static MarginSummary Summary(ref WireReader reader)
    {
        decimal accountValue = 0m;
        decimal totalNtlPos = 0m;
        decimal totalRawUsd = 0m;
        decimal totalMarginUsed = 0m;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SummaryFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    accountValue = reader.Amount();
                    break;
                case 1:
                    totalNtlPos = reader.Amount();
                    break;
                case 2:
                    totalRawUsd = reader.Amount();
                    break;
                default:
                    totalMarginUsed = reader.Amount();
                    break;
            }
        }

        return new MarginSummary(accountValue, totalNtlPos, totalRawUsd, totalMarginUsed);
    }

    public static (bool IsCross, int Value, decimal? RawUsd) Leverage(ref WireReader reader)
    {
        bool isCross = false;
        int value = 0;
        decimal? rawUsd = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LeverageFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    isCross = IsCross(ref reader);
                    break;
                case 1:
                    value = (int)reader.Integer(0, 10000);
                    break;
                default:
                    rawUsd = reader.IsNull ? null : reader.Amount();
                    break;
            }
        }

        return (isCross, value, rawUsd);
    }

    public static decimal? Funding(ref WireReader reader)
    {
        decimal? sinceOpen = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(FundingFields, ref cursor))
        {
            switch (cursor.Field)
            {
                default:
                    sinceOpen = reader.IsNull ? null : reader.Amount();
                    break;
            }
        }

        return sinceOpen;
    }

    public static PositionState Position(ref WireReader reader)
    {
        string coin = "";
        decimal szi = 0m;
        decimal positionValue = 0m;
        decimal unrealizedPnl = 0m;
        decimal marginUsed = 0m;
        (bool IsCross, int Value, decimal? RawUsd) leverage = default;
        decimal? entryPx = null;
        decimal? liquidationPx = null;
        decimal? cumFunding = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(PositionFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    szi = reader.Amount();
                    break;
                case 2:
                    positionValue = reader.Amount();
                    break;
                case 3:
                    unrealizedPnl = reader.Amount();
                    break;
                case 4:
                    marginUsed = reader.Amount();
                    break;
                case 5:
                    leverage = Leverage(ref reader);
                    break;
                case 6:
                    entryPx = reader.IsNull ? null : reader.NonNegative();
                    break;
                case 7:
                    liquidationPx = reader.IsNull ? null : reader.Amount();
                    break;
                default:
                    cumFunding = reader.IsNull ? null : Funding(ref reader);
                    break;
            }
        }

        return new PositionState(
            coin,
            szi,
            entryPx,
            positionValue,
            unrealizedPnl,
            liquidationPx,
            marginUsed,
            leverage.IsCross,
            leverage.Value,
            leverage.RawUsd,
            cumFunding
        );
    }

    public static PositionState AssetPosition(ref WireReader reader)
    {
        PositionState? position = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(AssetPositionFields, ref cursor))
        {
            switch (cursor.Field)
            {
                default:
                    position = Position(ref reader);
                    break;
            }
        }

        return position!;
    }

    public static AccountState Account(ref WireReader reader)
    {
        MarginSummary margin = new(0m, 0m, 0m, 0m);
        MarginSummary cross = new(0m, 0m, 0m, 0m);
        decimal withdrawable = 0m;
        IReadOnlyList<PositionState> assetPositions = [];
        decimal? maintenance = null;
        long? time = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(AccountFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    margin = Summary(ref reader);
                    break;
                case 1:
                    cross = Summary(ref reader);
                    break;
                case 2:
                    withdrawable = reader.Amount();
                    break;
                case 3:
                    assetPositions = reader.List(AssetPosition);
                    break;
                case 4:
                    maintenance = reader.IsNull ? null : reader.Amount();
                    break;
                default:
                    time = reader.IsNull ? null : reader.Integer();
                    break;
            }
        }

        return new AccountState(margin, cross, maintenance, withdrawable, assetPositions, time);
    }

    public static RateLimit RateLimit(ref WireReader reader)
    {
        decimal cumVlm = 0m;
        long nRequestsUsed = 0;
        long nRequestsCap = 0;
        long? nRequestsSurplus = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(RateLimitFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    cumVlm = reader.NonNegative();
                    break;
                case 1:
                    nRequestsUsed = reader.Integer();
                    break;
                case 2:
                    nRequestsCap = reader.Integer();
                    break;
                default:
                    nRequestsSurplus = reader.IsNull ? null : reader.Integer();
                    break;
            }
        }

        return new RateLimit(cumVlm, nRequestsUsed, nRequestsCap, nRequestsSurplus);
    }

    private static bool IsCross(ref WireReader reader)
    {
        string type = reader.Word();
        if (reader.IsOk && type is not ("cross" or "isolated"))
        {
            reader.Fail(DecodeProblem.UnknownValue);
        }

        return type == "cross";
    }
}
