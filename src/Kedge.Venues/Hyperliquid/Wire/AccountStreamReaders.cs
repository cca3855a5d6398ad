namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Stream messages about the account: a snapshot first, then what is new.</summary>
internal static class AccountStreamReaders
{
    private static readonly FieldSet FillsMessageFields = new(2, "user", "fills", "isSnapshot");

    private static readonly FieldSet PaymentsMessageFields = new(2, "user", "fundings", "isSnapshot");

    private static readonly FieldSet LedgerMessageFields = new(2, "user", "nonFundingLedgerUpdates", "isSnapshot");

    public static FillsMessage FillsMessage(ref WireReader reader)
    {
        string user = "";
        IReadOnlyList<UserFill> fills = [];
        bool isSnapshot = false;
        FieldCursor cursor = reader.Object();
        while (reader.Next(FillsMessageFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    user = reader.Word();
                    break;
                case 1:
                    fills = reader.List(HistoryReaders.Fill);
                    break;
                default:
                    isSnapshot = !reader.IsNull && reader.Flag();
                    break;
            }
        }

        return new FillsMessage(user, isSnapshot, fills);
    }

    public static FundingPaymentsMessage PaymentsMessage(ref WireReader reader)
    {
        string user = "";
        IReadOnlyList<FundingPayment> fundings = [];
        bool isSnapshot = false;
        FieldCursor cursor = reader.Object();
        while (reader.Next(PaymentsMessageFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    user = reader.Word();
                    break;
                case 1:
                    fundings = reader.List(HistoryReaders.StreamPayment);
                    break;
                default:
                    isSnapshot = !reader.IsNull && reader.Flag();
                    break;
            }
        }

        return new FundingPaymentsMessage(user, isSnapshot, fundings);
    }

    public static LedgerMessage LedgerMessage(ref WireReader reader)
    {
        string user = "";
        IReadOnlyList<LedgerUpdate> nonFundingLedgerUpdates = [];
        bool isSnapshot = false;
        FieldCursor cursor = reader.Object();
        while (reader.Next(LedgerMessageFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    user = reader.Word();
                    break;
                case 1:
                    nonFundingLedgerUpdates = reader.List(HistoryReaders.Ledger);
                    break;
                default:
                    isSnapshot = !reader.IsNull && reader.Flag();
                    break;
            }
        }

        return new LedgerMessage(user, isSnapshot, nonFundingLedgerUpdates);
    }
}
