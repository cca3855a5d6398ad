using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;

namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>
/// Signs actions with one key: the account's own or that of an agent wallet, for the account itself or for a vault or sub-account. Does not own
/// the key and shows nothing of it.
/// </summary>
[DebuggerDisplay("signer {Signer}")]
public sealed class ActionSigner
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly PrivateKey _key;
    private readonly bool _isMainnet;
    private readonly Secp256k1 _curve;

    /// <summary>A signer.</summary>
    /// <param name="key">Signs; the caller disposes it, after the last action.</param>
    /// <param name="network">Which network the signatures are for.</param>
    /// <param name="vault">Vault or sub-account acted for; null for the account the key belongs to.</param>
    public ActionSigner(PrivateKey key, HyperliquidNetwork network, Address? vault = null)
        : this(key, network, vault, Secp256k1.Default) { }

    internal ActionSigner(PrivateKey key, HyperliquidNetwork network, Address? vault, Secp256k1 curve)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(curve);
        _key = key;
        _isMainnet = network == HyperliquidNetwork.Mainnet;
        _curve = curve;
        Vault = vault;
        Signer = curve.PublicKeyOf(key).ToAddress();
    }

    /// <summary>The address the venue recovers: nonces are counted for it.</summary>
    public Address Signer { get; }

    /// <summary>Vault or sub-account acted for, if any.</summary>
    public Address? Vault { get; }

    /// <summary>Says who signs.</summary>
    public override string ToString() => $"signer {Signer}";

    /// <summary>The body to post: the action, its nonce and its signature.</summary>
    /// <param name="action">The action, as last written.</param>
    /// <param name="nonceMs">Never used before by this signer.</param>
    /// <param name="expiresAfterMs">When the venue is to refuse it, by its clock; null for never.</param>
    internal byte[] Seal(ActionWriter action, long nonceMs, long? expiresAfterMs)
    {
        Signature signature = Sign(action, nonceMs, expiresAfterMs);
        ArrayBufferWriter<byte> bytes = new(action.Json.Length + 320);
        using Utf8JsonWriter json = new(bytes);
        json.WriteStartObject();
        json.WritePropertyName("action");
        json.WriteRawValue(action.Json, skipInputValidation: true);
        json.WriteNumber("nonce", nonceMs);
        json.WriteStartObject("signature");
        json.WriteString("r", signature.R.ToString());
        json.WriteString("s", signature.S.ToString());
        json.WriteNumber("v", signature.V);
        json.WriteEndObject();
        if (Vault is { } vault)
        {
            json.WriteString("vaultAddress", vault.ToString());
        }

        if (expiresAfterMs is { } expiry)
        {
            json.WriteNumber("expiresAfter", expiry);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    internal Signature Sign(ActionWriter action, long nonceMs, long? expiresAfterMs)
    {
        Bytes32 id = ActionHash.ConnectionId(action.MsgPack, (ulong)nonceMs, Vault, (ulong?)expiresAfterMs);
        return _curve.Sign(PhantomAgent.Digest(id, _isMainnet), _key);
    }
}
