using Kedge.Model;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Instruments and their prices.</summary>
internal static class MetaReaders
{
    private static readonly FieldSet AssetFields = new(
        3,
        "name",
        "szDecimals",
        "maxLeverage",
        "marginTableId",
        "onlyIsolated",
        "isDelisted",
        "marginMode"
    );

    private static readonly FieldSet TierFields = new(2, "lowerBound", "maxLeverage");

    private static readonly FieldSet TableBodyFields = new(1, "marginTiers", "description");

    private static readonly FieldSet MetaFields = new(1, "universe", "marginTables", "collateralToken");

    private static readonly FieldSet ContextFields = new(
        6,
        "funding",
        "openInterest",
        "prevDayPx",
        "dayNtlVlm",
        "oraclePx",
        "markPx",
        "premium",
        "midPx"
    );

    public static AssetMeta Asset(ref WireReader reader)
    {
        string name = "";
        int szDecimals = 0;
        int maxLeverage = 0;
        int? marginTableId = null;
        bool onlyIsolated = false;
        bool isDelisted = false;
        string? marginMode = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(AssetFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    name = reader.Word();
                    break;
                case 1:
                    szDecimals = (int)reader.Integer(0, 28);
                    break;
                case 2:
                    maxLeverage = (int)reader.Integer(0, 10000);
                    break;
                case 3:
                    marginTableId = reader.IsNull ? null : (int)reader.Integer(0, int.MaxValue);
                    break;
                case 4:
                    onlyIsolated = !reader.IsNull && reader.Flag();
                    break;
                case 5:
                    isDelisted = !reader.IsNull && reader.Flag();
                    break;
                default:
                    marginMode = reader.OptionalWord();
                    break;
            }
        }

        return new AssetMeta(name, szDecimals, maxLeverage, marginTableId, onlyIsolated, isDelisted, marginMode);
    }

    public static LeverageTier Tier(ref WireReader reader)
    {
        double lowerBound = 0.0;
        int maxLeverage = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(TierFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    lowerBound = reader.Quantity();
                    break;
                default:
                    maxLeverage = (int)reader.Integer(0, 10000);
                    break;
            }
        }

        return new LeverageTier(lowerBound, maxLeverage);
    }

    public static MarginTable TableBody(ref WireReader reader)
    {
        IReadOnlyList<LeverageTier> marginTiers = [];
        string description = "";
        FieldCursor cursor = reader.Object();
        while (reader.Next(TableBodyFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    marginTiers = reader.List(Tier);
                    break;
                default:
                    description = reader.Text();
                    break;
            }
        }

        return new MarginTable(0, description, marginTiers);
    }

    public static VenueMeta Meta(ref WireReader reader)
    {
        IReadOnlyList<AssetMeta> universe = [];
        IReadOnlyList<MarginTable> marginTables = [];
        int? collateralToken = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(MetaFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    universe = reader.List(Asset);
                    break;
                case 1:
                    marginTables = reader.List(Table);
                    break;
                default:
                    collateralToken = reader.IsNull ? null : (int)reader.Integer(0, int.MaxValue);
                    break;
            }
        }

        return new VenueMeta(universe, marginTables, collateralToken);
    }

    public static AssetContext Context(ref WireReader reader)
    {
        double funding = 0.0;
        double openInterest = 0.0;
        double prevDayPx = 0.0;
        double dayNtlVlm = 0.0;
        double oraclePx = 0.0;
        double markPx = 0.0;
        double? premium = null;
        double? midPx = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(ContextFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    funding = reader.Number();
                    break;
                case 1:
                    openInterest = reader.Quantity();
                    break;
                case 2:
                    prevDayPx = reader.Quantity();
                    break;
                case 3:
                    dayNtlVlm = reader.Quantity();
                    break;
                case 4:
                    oraclePx = reader.Quantity();
                    break;
                case 5:
                    markPx = reader.Quantity();
                    break;
                case 6:
                    premium = reader.IsNull ? null : reader.Number();
                    break;
                default:
                    midPx = reader.IsNull ? null : reader.Quantity();
                    break;
            }
        }

        return new AssetContext(funding, openInterest, prevDayPx, dayNtlVlm, premium, oraclePx, markPx, midPx);
    }

    /// <summary>Instruments and their prices, in one order.</summary>
    public static MetaAndContexts MetaAndContexts(ref WireReader reader)
    {
        VenueMeta meta = new([], [], null);
        IReadOnlyList<AssetContext> contexts = [];
        int part = 0;
        reader.List();
        while (reader.NextItem())
        {
            switch (part++)
            {
                case 0:
                    meta = Meta(ref reader);
                    break;
                case 1:
                    contexts = reader.List(Context);
                    break;
                default:
                    reader.Fail(DecodeProblem.TooManyItems);
                    break;
            }
        }

        if (part < 2 || contexts.Count != meta.Assets.Count)
        {
            reader.Fail(DecodeProblem.Inconsistent);
        }

        return new MetaAndContexts(meta, contexts);
    }

    private static MarginTable Table(ref WireReader reader)
    {
        int id = 0;
        MarginTable table = new(0, "", []);
        int part = 0;
        reader.List();
        while (reader.NextItem())
        {
            switch (part++)
            {
                case 0:
                    id = (int)reader.Integer(0, int.MaxValue);
                    break;
                case 1:
                    table = TableBody(ref reader);
                    break;
                default:
                    reader.Fail(DecodeProblem.TooManyItems);
                    break;
            }
        }

        if (part < 2)
        {
            reader.Fail(DecodeProblem.MissingField);
        }

        return table with
        {
            Id = id,
        };
    }
}
