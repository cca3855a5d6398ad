using System.Text;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Who may act for an account, and what it has elsewhere.</summary>
internal static class HolderReaders
{
    private static readonly FieldSet ApiWalletFields = new(3, "name", "address", "validUntil");

    private static readonly FieldSet SubAccountFields = new(0, "name", "subAccountUser", "master", "spotState", "abstraction");

    private static readonly FieldSet VaultEquityFields = new(2, "vaultAddress", "equity", "lockedUntilTimestamp");

    private static readonly FieldSet TwapSliceFillFields = new(2, "fill", "twapId");

    private static readonly FieldSet DelegationUpdateFields = new(3, "time", "hash", "delta");

    private static readonly FieldSet RoleFields = new(1, "role");

    private static readonly FieldSet DeltaFields = new(0, "amount", "validator", "isUndelegate");

    public static ApiWallet ApiWallet(ref WireReader reader)
    {
        string name = "";
        string address = "";
        long validUntilMs = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(ApiWalletFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    name = reader.Word();
                    break;
                case 1:
                    address = reader.Word();
                    break;
                default:
                    validUntilMs = reader.TimeMs();
                    break;
            }
        }

        return new ApiWallet(name, address, validUntilMs);
    }

    public static SubAccount SubAccount(ref WireReader reader)
    {
        string? name = null;
        string? address = null;
        string? master = null;
        IReadOnlyList<SpotBalance> spotBalances = [];
        string? abstraction = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(SubAccountFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    name = reader.OptionalWord();
                    break;
                case 1:
                    address = reader.OptionalWord();
                    break;
                case 2:
                    master = reader.OptionalWord();
                    break;
                case 3:
                    spotBalances = SpotReaders.SpotBalances(ref reader);
                    break;
                default:
                    abstraction = reader.OptionalWord();
                    break;
            }
        }

        return new SubAccount(name, address, master, spotBalances, abstraction);
    }

    public static VaultEquity VaultEquity(ref WireReader reader)
    {
        string vault = "";
        decimal equityUsd = 0m;
        long? lockedUntilMs = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(VaultEquityFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    vault = reader.Word();
                    break;
                case 1:
                    equityUsd = reader.Amount();
                    break;
                default:
                    lockedUntilMs = reader.IsNull ? null : reader.TimeMs();
                    break;
            }
        }

        return new VaultEquity(vault, equityUsd, lockedUntilMs);
    }

    public static TwapSliceFill TwapSliceFill(ref WireReader reader)
    {
        UserFill? fill = null;
        long twapId = 0;
        FieldCursor cursor = reader.Object();
        while (reader.Next(TwapSliceFillFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    fill = HistoryReaders.Fill(ref reader);
                    break;
                default:
                    twapId = reader.Integer();
                    break;
            }
        }

        return new TwapSliceFill(fill, twapId);
    }

    public static DelegationUpdate DelegationUpdate(ref WireReader reader)
    {
        long timeMs = 0;
        string hash = "";
        DelegationDelta? delta = null;
        FieldCursor cursor = reader.Object();
        while (reader.Next(DelegationUpdateFields, ref cursor))
        {
            switch (cursor.Field)
            {
                case 0:
                    timeMs = reader.TimeMs();
                    break;
                case 1:
                    hash = reader.Word();
                    break;
                default:
                    delta = Delta(ref reader);
                    break;
            }
        }

        return new DelegationUpdate(timeMs, hash, delta);
    }

    public static string Role(ref WireReader reader)
    {
        string role = "";
        FieldCursor cursor = reader.Object();
        while (reader.Next(RoleFields, ref cursor))
        {
            role = reader.Word();
        }

        return role;
    }

    /// <summary>An object with one field, whose name is the kind.</summary>
    private static DelegationDelta Delta(ref WireReader reader)
    {
        Span<byte> name = stackalloc byte[WireReader.MaxWordBytes];
        string kind = "";
        decimal? amount = null;
        string? validator = null;
        bool isUndelegate = false;
        reader.Object();
        while (reader.NextName())
        {
            kind = Encoding.UTF8.GetString(reader.Word(name));
            reader.ToValue();
            FieldCursor cursor = reader.Object();
            while (reader.Next(DeltaFields, ref cursor))
            {
                switch (cursor.Field)
                {
                    case 0:
                        amount = reader.OptionalAmount();
                        break;
                    case 1:
                        validator = reader.OptionalWord();
                        break;
                    default:
                        isUndelegate = reader.Flag();
                        break;
                }
            }
        }

        return new DelegationDelta(kind, amount, validator, isUndelegate);
    }
}
