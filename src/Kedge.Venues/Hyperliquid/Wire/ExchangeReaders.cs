namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Answers to actions.</summary>
internal static class ExchangeReaders
{
    private static readonly FieldSet RestingFields = new(1, "oid", "cloid");

    private static readonly FieldSet FilledFields = new(3, "totalSz", "avgPx", "oid", "cloid");

    private static readonly FieldSet StatusObjectFields = new(0, "resting", "filled", "error");

    private static readonly FieldSet DataFields = new(0, "statuses");

    private static readonly FieldSet ResponseFields = new(1, "type", "data");

    private static readonly FieldSet AnswerFields = new(2, "status", "response");

    public static ExchangeStatus Resting(ref WireReader reader)
    {
        long oid = 0;
        string? cloid = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(RestingFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    oid = reader.Integer();
                    break;
                default:
                    cloid = reader.OptionalWord();
                    break;
            }
        }

        return new ExchangeStatus(ExchangeStatusKind.Resting, oid, cloid, null, null, VenueRejectReason.None, null);
    }

    public static ExchangeStatus Filled(ref WireReader reader)
    {
        decimal totalSz = 0m;
        decimal avgPx = 0m;
        long oid = 0;
        string? cloid = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(FilledFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    totalSz = reader.NonNegative();
                    break;
                case 1:
                    avgPx = reader.NonNegative();
                    break;
                case 2:
                    oid = reader.Integer();
                    break;
                default:
                    cloid = reader.OptionalWord();
                    break;
            }
        }

        return new ExchangeStatus(ExchangeStatusKind.Filled, oid, cloid, totalSz, avgPx, VenueRejectReason.None, null);
    }

    public static ExchangeStatus StatusObject(ref WireReader reader)
    {
        ExchangeStatus? resting = null;
        ExchangeStatus? filled = null;
        string? error = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(StatusObjectFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    resting = Resting(ref reader);
                    break;
                case 1:
                    filled = Filled(ref reader);
                    break;
                default:
                    error = reader.Text();
                    break;
            }
        }

        return Only(ref reader, resting, filled, error);
    }

    public static IReadOnlyList<ExchangeStatus> Data(ref WireReader reader)
    {
        IReadOnlyList<ExchangeStatus> statuses = [];
        FieldCursor cursor = reader.Object();
        while (reader.Next(DataFields, ref cursor))
        {
            switch (cursor.Field)
            {
                default:
                    statuses = reader.List(Status);
                    break;
            }
        }

        return statuses;
    }

    public static (string Type, IReadOnlyList<ExchangeStatus>? Statuses) Response(ref WireReader reader)
    {
        string type = "";
        IReadOnlyList<ExchangeStatus>? data = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(ResponseFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    type = reader.Word();
                    break;
                default:
                    data = reader.IsObject ? Data(ref reader) : Passed(ref reader);
                    break;
            }
        }

        return (type, data);
    }

    /// <summary>The answer to an action.</summary>
    public static ExchangeAnswer Answer(ref WireReader reader)
    {
        string status = "";
        string? text = null;
        (string? Type, IReadOnlyList<ExchangeStatus>? Statuses) response = default;
        FieldCursor cursor = reader.Object();
        while (reader.Next(AnswerFields, ref cursor))
        {
            if (cursor.Field == 0)
            {
                status = reader.Word();
            }
            else if (reader.IsText)
            {
                text = reader.Text();
            }
            else
            {
                response = Response(ref reader);
            }
        }

        if (reader.IsOk && status is not ("ok" or "err"))
        {
            reader.Fail(DecodeProblem.UnknownValue);
        }

        bool isOk = status == "ok";
        if (isOk == (text is not null) || (isOk && response.Type is "order" or "cancel" && response.Statuses is null))
        {
            reader.Fail(DecodeProblem.Inconsistent);
        }

        VenueRejectReason reason = isOk ? VenueRejectReason.None : VenueRejectReasons.Parse(text ?? "");
        return new ExchangeAnswer(isOk, response.Type, response.Statuses ?? [], reason, text);
    }

    private static IReadOnlyList<ExchangeStatus>? Passed(ref WireReader reader)
    {
        reader.Raw();
        return null;
    }

    private static ExchangeStatus Status(ref WireReader reader)
    {
        if (reader.IsObject)
        {
            return StatusObject(ref reader);
        }

        string word = reader.Word();
        ExchangeStatusKind kind = word switch
        {
            "success" => ExchangeStatusKind.Success,
            "waitingForFill" => ExchangeStatusKind.WaitingForFill,
            "waitingForTrigger" => ExchangeStatusKind.WaitingForTrigger,
            _ => ExchangeStatusKind.Unknown,
        };
        return Plain(kind, VenueRejectReason.None, kind == ExchangeStatusKind.Unknown ? word : null);
    }

    /// <summary>A form we do not know is kept as unknown, so that the other elements of its batch are not lost with it.</summary>
    private static ExchangeStatus Only(ref WireReader reader, ExchangeStatus? resting, ExchangeStatus? filled, string? error)
    {
        int forms = (resting is null ? 0 : 1) + (filled is null ? 0 : 1) + (error is null ? 0 : 1);
        if (forms > 1)
        {
            reader.Fail(DecodeProblem.Inconsistent);
        }

        return error is not null
            ? Plain(ExchangeStatusKind.Rejected, VenueRejectReasons.Parse(error), error)
            : resting ?? filled ?? Plain(ExchangeStatusKind.Unknown, VenueRejectReason.None, null);
    }

    private static ExchangeStatus Plain(ExchangeStatusKind kind, VenueRejectReason reason, string? text) =>
        new(kind, null, null, null, null, reason, text);
}
