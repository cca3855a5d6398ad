namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Spot markets, tokens and balances: what an account can hold beside its perpetuals.</summary>
internal static class SpotReaders
{
    private static readonly FieldSet SpotTokenFields = new(
        3,
        "name",
        "szDecimals",
        "index",
        "weiDecimals",
        "isCanonical",
        "fullName"
    );

    private static readonly FieldSet SpotPairFields = new(3, "name", "tokens", "index", "isCanonical");

    private static readonly FieldSet SpotMetaFields = new(2, "universe", "tokens");

    private static readonly FieldSet SpotContextFields = new(
        1,
        "coin",
        "markPx",
        "midPx",
        "prevDayPx",
        "dayNtlVlm",
        "dayBaseVlm",
        "circulatingSupply"
    );

    private static readonly FieldSet TokenDetailsFields = new(
        2,
        "name",
        "szDecimals",
        "maxSupply",
        "totalSupply",
        "circulatingSupply",
        "midPx",
        "markPx",
        "prevDayPx"
    );

    private static readonly FieldSet SpotBalanceFields = new(4, "coin", "token", "total", "hold", "entryNtl");

    private static readonly FieldSet BalancesFields = new(1, "balances");

    public static SpotToken SpotToken(ref WireReader reader)
    {
        string name = "";
        int sizeDecimals = 0;
        int tokenId = 0;
        int? weiDecimals = null;
        bool isCanonical = false;
        string? fullName = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SpotTokenFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    name = reader.Word();
                    break;
                case 1:
                    sizeDecimals = (int)reader.Integer(0, 18);
                    break;
                case 2:
                    tokenId = (int)reader.Integer(0, int.MaxValue);
                    break;
                case 3:
                    weiDecimals = reader.IsNull ? null : (int)reader.Integer(0, 18);
                    break;
                case 4:
                    isCanonical = reader.Flag();
                    break;
                default:
                    fullName = reader.OptionalWord();
                    break;
            }
        }

        return new SpotToken(name, sizeDecimals, tokenId, weiDecimals, isCanonical, fullName);
    }

    public static SpotPair SpotPair(ref WireReader reader)
    {
        string name = "";
        IReadOnlyList<int> tokenIds = [];
        int index = 0;
        bool isCanonical = false;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SpotPairFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    name = reader.Word();
                    break;
                case 1:
                    tokenIds = reader.List(static (ref WireReader r) => (int)r.Integer(0, int.MaxValue));
                    break;
                case 2:
                    index = (int)reader.Integer(0, int.MaxValue);
                    break;
                default:
                    isCanonical = reader.Flag();
                    break;
            }
        }

        return new SpotPair(name, tokenIds, index, isCanonical);
    }

    public static SpotMeta SpotMeta(ref WireReader reader)
    {
        IReadOnlyList<SpotPair> pairs = [];
        IReadOnlyList<SpotToken> tokens = [];
        FieldCursor cursor = reader.Object();
        while (reader.Next(SpotMetaFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    pairs = reader.List(SpotPair);
                    break;
                default:
                    tokens = reader.List(SpotToken);
                    break;
            }
        }

        return new SpotMeta(pairs, tokens);
    }

    public static SpotContext SpotContext(ref WireReader reader)
    {
        string coin = "";
        double? markPrice = null;
        double? midPrice = null;
        double? previousDayPrice = null;
        double? dayNotional = null;
        double? dayVolume = null;
        double? circulatingSupply = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SpotContextFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    markPrice = reader.IsNull ? null : reader.Number();
                    break;
                case 2:
                    midPrice = reader.IsNull ? null : reader.Number();
                    break;
                case 3:
                    previousDayPrice = reader.IsNull ? null : reader.Number();
                    break;
                case 4:
                    dayNotional = reader.IsNull ? null : reader.Quantity();
                    break;
                case 5:
                    dayVolume = reader.IsNull ? null : reader.Quantity();
                    break;
                default:
                    circulatingSupply = reader.IsNull ? null : reader.Quantity();
                    break;
            }
        }

        return new SpotContext(coin, markPrice, midPrice, previousDayPrice, dayNotional, dayVolume, circulatingSupply);
    }

    public static TokenDetails TokenDetails(ref WireReader reader)
    {
        string name = "";
        int sizeDecimals = 0;
        decimal? maxSupply = null;
        decimal? totalSupply = null;
        decimal? circulatingSupply = null;
        double? midPrice = null;
        double? markPrice = null;
        double? previousDayPrice = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(TokenDetailsFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    name = reader.Word();
                    break;
                case 1:
                    sizeDecimals = (int)reader.Integer(0, 18);
                    break;
                case 2:
                    maxSupply = reader.OptionalAmount();
                    break;
                case 3:
                    totalSupply = reader.OptionalAmount();
                    break;
                case 4:
                    circulatingSupply = reader.OptionalAmount();
                    break;
                case 5:
                    midPrice = reader.IsNull ? null : reader.Number();
                    break;
                case 6:
                    markPrice = reader.IsNull ? null : reader.Number();
                    break;
                default:
                    previousDayPrice = reader.IsNull ? null : reader.Number();
                    break;
            }
        }

        return new TokenDetails(
            name,
            sizeDecimals,
            maxSupply,
            totalSupply,
            circulatingSupply,
            midPrice,
            markPrice,
            previousDayPrice
        );
    }

    public static SpotBalance SpotBalance(ref WireReader reader)
    {
        string coin = "";
        int tokenId = 0;
        decimal total = 0m;
        decimal hold = 0m;
        decimal? entryNotionalUsd = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SpotBalanceFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    coin = reader.Word();
                    break;
                case 1:
                    tokenId = (int)reader.Integer(0, int.MaxValue);
                    break;
                case 2:
                    total = reader.Amount();
                    break;
                case 3:
                    hold = reader.Amount();
                    break;
                default:
                    entryNotionalUsd = reader.OptionalAmount();
                    break;
            }
        }

        return new SpotBalance(coin, tokenId, total, hold, entryNotionalUsd);
    }

    /// <summary>Balances, inside the object that wraps them.</summary>
    public static IReadOnlyList<SpotBalance> SpotBalances(ref WireReader reader)
    {
        IReadOnlyList<SpotBalance> balances = [];
        FieldCursor cursor = reader.Object();
        while (reader.Next(BalancesFields, ref cursor))
        {
            balances = reader.List(SpotBalance);
        }

        return balances;
    }

    /// <summary>Markets and their prices: a list of two.</summary>
    public static SpotMetaAndContexts MetaAndContexts(ref WireReader reader)
    {
        SpotMeta meta = new([], []);
        IReadOnlyList<SpotContext> contexts = [];
        reader.List();
        for (int place = 0; reader.NextItem(); place++)
        {
            switch (place)
            {
                case 0:
                    meta = SpotMeta(ref reader);
                    break;
                case 1:
                    contexts = reader.List(SpotContext);
                    break;
                default:
                    reader.Fail(DecodeProblem.TooManyItems);
                    break;
            }
        }

        return new SpotMetaAndContexts(meta, contexts);
    }
}
