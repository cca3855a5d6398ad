using System.Globalization;
using System.Text.Json;

namespace Kedge.Crypto.Hyperliquid;

/// <summary>Actions signed as typed data of their own (transfers, approvals): their types, and the digest to sign.</summary>
public static class UserSignedAction
{
    private const string Prefix = "HyperliquidTransaction:";

    private static readonly Eip712Field Chain = new("hyperliquidChain", "string");
    private static readonly Eip712Field Nonce = new("nonce", "uint64");

    private static readonly Dictionary<string, Eip712Type> Types = new(StringComparer.Ordinal)
    {
        ["usdSend"] = Named("UsdSend", Text("destination"), Text("amount"), new("time", "uint64")),
        ["spotSend"] = Named("SpotSend", Text("destination"), Text("token"), Text("amount"), new("time", "uint64")),
        ["withdraw3"] = Named("Withdraw", Text("destination"), Text("amount"), new("time", "uint64")),
        ["usdClassTransfer"] = Named("UsdClassTransfer", Text("amount"), new("toPerp", "bool"), Nonce),
        ["approveAgent"] = Named("ApproveAgent", new("agentAddress", "address"), Text("agentName"), Nonce),
        ["approveBuilderFee"] = Named("ApproveBuilderFee", Text("maxFeeRate"), new("builder", "address"), Nonce),
        ["sendAsset"] = Named(
            "SendAsset",
            Text("destination"),
            Text("sourceDex"),
            Text("destinationDex"),
            Text("token"),
            Text("amount"),
            Text("fromSubAccount"),
            Nonce
        ),
    };

    /// <summary>The outer message of a multi-signature action.</summary>
    public static Eip712Type SendMultiSig { get; } = Named("SendMultiSig", new("multiSigActionHash", "bytes32"), Nonce);

    /// <summary>The typed struct of an action by its <c>type</c>, or null when it is no user-signed action we know.</summary>
    public static Eip712Type? TypeOf(string action) => Types.GetValueOrDefault(action);

    /// <summary>The type a member of a multi-signature account signs: the account and the outer signer follow the chain.</summary>
    public static Eip712Type ForMultiSig(Eip712Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.With(1, new Eip712Field("payloadMultiSigUser", "address"), new Eip712Field("outerSigner", "address"));
    }

    /// <summary>The domain of user-signed actions on a chain.</summary>
    public static Eip712Domain Domain(ulong signatureChainId) =>
        new("HyperliquidSignTransaction", "1", signatureChainId, default);

    /// <summary>Reads <c>signatureChainId</c>: hexadecimal with <c>0x</c>, at most 16 digits.</summary>
    public static bool TryParseChainId(ReadOnlySpan<char> text, out ulong chainId)
    {
        chainId = 0;
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out chainId);
    }

    /// <summary>
    /// The digest of an action as it travels: members are looked up by name, so their order in the JSON does not matter. An
    /// <c>agentName</c> that is absent or null is the empty text. False when a member is missing or of another kind.
    /// </summary>
    public static bool TryDigest(Eip712Type type, JsonElement action, out Bytes32 digest)
    {
        ArgumentNullException.ThrowIfNull(type);
        digest = default;
        if (!TryText(action, "signatureChainId", out string? chain) || !TryParseChainId(chain, out ulong chainId))
        {
            return false;
        }

        Eip712Struct message = new(type);
        foreach (Eip712Field field in type.Fields)
        {
            if (!TryGive(ref message, field, action))
            {
                return false;
            }
        }

        digest = Domain(chainId).Digest(message.Finish());
        return true;
    }

    private static bool TryGive(ref Eip712Struct message, Eip712Field field, JsonElement action)
    {
        bool present = action.TryGetProperty(field.Name, out JsonElement value);
        switch (field.Type)
        {
            case "string" when (!present || value.ValueKind == JsonValueKind.Null) && field.Name == "agentName":
                message.Text("");
                return true;
            case "string" when TryText(action, field.Name, out string? text):
                message.Text(text);
                return true;
            case "address" when TryText(action, field.Name, out string? text) && Address.TryParse(text, out Address address):
                message.Address(address);
                return true;
            case "bytes32" when TryText(action, field.Name, out string? text) && Bytes32.TryParse(text, out Bytes32 bytes):
                message.Bytes(bytes);
                return true;
            case "bool" when present && value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                message.Flag(value.GetBoolean());
                return true;
            case "uint64" when present && value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number):
                message.Unsigned(number);
                return true;
            default:
                return false;
        }
    }

    private static bool TryText(
        JsonElement action,
        string name,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text
    )
    {
        text = null;
        if (
            action.ValueKind != JsonValueKind.Object
            || !action.TryGetProperty(name, out JsonElement value)
            || value.ValueKind != JsonValueKind.String
        )
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: no text.
            return false;
        }
    }

    private static Eip712Type Named(string name, params Eip712Field[] fields) => new(Prefix + name, [Chain, .. fields]);

    private static Eip712Field Text(string name) => new(name, "string");
}
