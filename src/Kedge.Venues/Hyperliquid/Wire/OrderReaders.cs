namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Own orders, in exact numbers.</summary>
internal static class OrderReaders
{
    private static readonly FieldSet OrderFields = new(
        6,
        "coin",
        "side",
        "limitPx",
        "sz",
        "oid",
        "timestamp",
        "origSz",
        "cloid",
        "reduceOnly",
        "isTrigger",
        "triggerPx",
        "triggerCondition",
        "isPositionTpsl",
        "orderType",
        "tif",
        "children"
    );

    private static readonly FieldSet StateFields = new(3, "order", "status", "statusTimestamp");

    private static readonly FieldSet LookupFields = new(1, "status", "order");

    public static OpenOrder Order(ref WireReader reader)
    {
        string coin = "";
        bool isBuy = false;
        decimal limitPx = 0m;
        decimal sz = 0m;
        long oid = 0;
        long timestamp = 0;
        decimal? origSz = null;
        string? cloid = null;
        bool? reduceOnly = null;
        bool isTrigger = false;
        decimal? triggerPx = null;
        string? triggerCondition = null;
        bool isPositionTpsl = false;
        string? orderType = null;
        string? tif = null;
        IReadOnlyList<OpenOrder> children = [];
        FieldCursor cursor = reader.Object();
        while (reader.Next(OrderFields, ref cursor))
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
                    limitPx = reader.NonNegative();
                    break;
                case 3:
                    sz = reader.NonNegative();
                    break;
                case 4:
                    oid = reader.Integer();
                    break;
                case 5:
                    timestamp = reader.TimeMs();
                    break;
                case 6:
                    origSz = reader.IsNull ? null : reader.NonNegative();
                    break;
                case 7:
                    cloid = reader.OptionalWord();
                    break;
                case 8:
                    reduceOnly = reader.IsNull ? null : reader.Flag();
                    break;
                case 9:
                    isTrigger = !reader.IsNull && reader.Flag();
                    break;
                case 10:
                    triggerPx = reader.IsNull ? null : reader.NonNegative();
                    break;
                case 11:
                    triggerCondition = reader.IsNull ? null : reader.Text();
                    break;
                case 12:
                    isPositionTpsl = !reader.IsNull && reader.Flag();
                    break;
                case 13:
                    orderType = reader.OptionalWord();
                    break;
                case 14:
                    tif = reader.OptionalWord();
                    break;
                default:
                    children = reader.List(Order);
                    break;
            }
        }

        return new OpenOrder(
            coin,
            isBuy,
            limitPx,
            sz,
            origSz,
            oid,
            timestamp,
            cloid,
            reduceOnly,
            isTrigger,
            triggerPx,
            triggerCondition,
            isPositionTpsl,
            orderType,
            tif,
            children
        );
    }

    public static OrderState State(ref WireReader reader)
    {
        OpenOrder? order = null;
        string status = "";
        long statusTimestamp = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(StateFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    order = Order(ref reader);
                    break;
                case 1:
                    status = reader.Word();
                    break;
                default:
                    statusTimestamp = reader.TimeMs();
                    break;
            }
        }

        return new OrderState(order!, VenueOrderStatuses.Parse(status), status, statusTimestamp);
    }

    public static OrderLookup Lookup(ref WireReader reader)
    {
        string status = "";
        OrderState? order = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LookupFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    status = reader.Word();
                    break;
                default:
                    order = State(ref reader);
                    break;
            }
        }

        return Checked(ref reader, status, order);
    }

    private static OrderLookup Checked(ref WireReader reader, string status, OrderState? order)
    {
        switch (status)
        {
            case "order" when order is not null:
            case "unknownOid" when order is null:
                break;
            case "order" or "unknownOid":
                reader.Fail(DecodeProblem.Inconsistent);
                break;
            default:
                reader.Fail(DecodeProblem.UnknownValue);
                break;
        }

        return new OrderLookup(order);
    }
}
