using System.Text.Json;
using Kedge.Crypto;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>What surrounds an action: who signed it, when, for whom.</summary>
/// <param name="Action">The action as it came: order of keys and width of integers are part of what was signed.</param>
/// <param name="Type">Its <c>type</c>.</param>
/// <param name="Nonce">Milliseconds by custom.</param>
/// <param name="Signature">Over action, nonce, vault and expiry.</param>
/// <param name="Vault">Sub-account acted for, or none.</param>
/// <param name="ExpiresAfterMs">Told time after which it must not be carried out, or none.</param>
internal readonly record struct Envelope(
    JsonElement Action,
    string Type,
    ulong Nonce,
    Signature Signature,
    Address? Vault,
    ulong? ExpiresAfterMs
)
{
    /// <summary>Reads an envelope; false where the venue would not deserialize it.</summary>
    public static bool TryRead(JsonElement root, out Envelope envelope)
    {
        envelope = default;
        if (
            !root.TryMember("action"u8, out JsonElement action)
            || !action.TryText("type"u8, out string? type)
            || !TryUnsigned(root, "nonce"u8, out ulong? nonce)
            || nonce is null
            || !TrySignature(root, out Signature signature)
            || !TryVault(root, out Address? vault)
            || !TryUnsigned(root, "expiresAfter"u8, out ulong? expiry)
        )
        {
            return false;
        }

        envelope = new Envelope(action, type, nonce.Value, signature, vault, expiry);
        return true;
    }

    /// <summary>r and s in any case with any padding, v as 27, 28, 0 or 1.</summary>
    private static bool TrySignature(JsonElement root, out Signature signature)
    {
        signature = default;
        return root.TryMember("signature"u8, out JsonElement parts)
            && parts.TryText("r"u8, out string? r)
            && parts.TryText("s"u8, out string? s)
            && parts.TryWhole("v"u8, out long v)
            && v is 0 or 1 or 27 or 28
            && Signature.TryParse(r, s, (int)(v < 27 ? v + 27 : v), out signature);
    }

    private static bool TryVault(JsonElement root, out Address? vault)
    {
        vault = null;
        if (!root.TryMember("vaultAddress"u8, out JsonElement value))
        {
            return true;
        }

        Address address = default;
        bool isAddress = value.TryText(out string? text) && Address.TryParse(text, out address);
        vault = isAddress ? address : null;
        return isAddress;
    }

    /// <summary>An absent or null number is none.</summary>
    private static bool TryUnsigned(JsonElement root, ReadOnlySpan<byte> name, out ulong? number)
    {
        number = null;
        if (!root.TryMember(name, out JsonElement value))
        {
            return true;
        }

        bool isWhole = value.TryUnsigned(out ulong given);
        number = given;
        return isWhole;
    }
}
