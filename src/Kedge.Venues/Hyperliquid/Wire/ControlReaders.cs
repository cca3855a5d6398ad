using System.Globalization;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Messages about the stream itself.</summary>
internal static class ControlReaders
{
    private static readonly FieldSet SubscribedFields = new(1, "type", "coin", "interval", "user", "dex");

    private static readonly FieldSet SubscriptionFields = new(2, "method", "subscription");

    private static readonly FieldSet InfoPayloadFields = new(2, "type", "data");

    private static readonly FieldSet PostFields = new(2, "id", "response");
    private static readonly FieldSet BodyFields = new(2, "type", "payload");

    public static SubscriptionMessage Subscribed(ref WireReader reader)
    {
        string type = "";
        string? coin = null;
        string? interval = null;
        string? user = null;
        string? dex = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SubscribedFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    type = reader.Word();
                    break;
                case 1:
                    coin = reader.OptionalWord();
                    break;
                case 2:
                    interval = reader.OptionalWord();
                    break;
                case 3:
                    user = reader.OptionalWord();
                    break;
                default:
                    dex = reader.OptionalWord();
                    break;
            }
        }

        return new SubscriptionMessage(true, type, coin, interval, user, dex);
    }

    public static SubscriptionMessage Subscription(ref WireReader reader)
    {
        string method = "";
        SubscriptionMessage? subscription = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SubscriptionFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    method = reader.Word();
                    break;
                default:
                    subscription = Subscribed(ref reader);
                    break;
            }
        }

        return Checked(ref reader, method, subscription);
    }

    public static (string Type, byte[] Data) InfoPayload(ref WireReader reader)
    {
        string type = "";
        byte[] data = [];
        FieldCursor cursor = reader.Object();
        while (reader.Next(InfoPayloadFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    type = reader.Word();
                    break;
                default:
                    data = reader.Raw().ToArray();
                    break;
            }
        }

        return (type, data);
    }

    public static PostMessage Post(ref WireReader reader)
    {
        long id = 0;
        PostMessage? response = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(PostFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    id = reader.Integer();
                    break;
                default:
                    response = PostBody(ref reader);
                    break;
            }
        }

        return response is null ? null! : response with { Id = id };
    }

    /// <summary>An error text; one about a request ends in its id.</summary>
    public static StreamErrorMessage Error(ref WireReader reader)
    {
        string text = reader.Text();
        int mark = text.LastIndexOf(" id=", StringComparison.Ordinal);
        bool hasId = long.TryParse(
            text.AsSpan(mark < 0 ? text.Length : mark + 4),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long id
        );
        return new StreamErrorMessage(text, hasId ? id : null);
    }

    private static SubscriptionMessage Checked(ref WireReader reader, string method, SubscriptionMessage? subscription)
    {
        if (reader.IsOk && method is not ("subscribe" or "unsubscribe"))
        {
            reader.Fail(DecodeProblem.UnknownValue);
        }

        return subscription is null ? null! : subscription with { IsSubscribe = method == "subscribe" };
    }

    /// <summary>Type and payload may come in either order; what the payload is depends on the type.</summary>
    private static PostMessage PostBody(ref WireReader reader)
    {
        string type = "";
        WireReader payload = reader;
        FieldCursor cursor = reader.Object();
        while (reader.Next(BodyFields, ref cursor))
        {
            if (cursor.Field == 0)
            {
                type = reader.Word();
            }
            else
            {
                payload = reader;
                reader.Raw();
            }
        }

        if (!reader.IsOk)
        {
            return null!;
        }

        PostMessage message = new(0, null, null, default, null);
        switch (type)
        {
            case "action":
                message = message with { Action = ExchangeReaders.Answer(ref payload) };
                break;
            case "info":
                (string infoType, byte[] data) = InfoPayload(ref payload);
                message = message with { InfoType = infoType, InfoData = data };
                break;
            case "error":
                message = message with { Error = payload.Text() };
                break;
            default:
                reader.Fail(DecodeProblem.UnknownValue);
                break;
        }

        reader.Adopt(payload);
        return message;
    }
}
