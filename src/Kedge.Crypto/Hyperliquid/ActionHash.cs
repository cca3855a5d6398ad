using System.Buffers.Binary;

namespace Kedge.Crypto.Hyperliquid;

/// <summary>
/// The hash of an L1 action: Keccak-256 of its msgpack, the nonce, the vault and the expiry. The venue makes the same bytes from what it
/// receives; one that differs recovers another address and is answered "does not exist".
/// </summary>
public static class ActionHash
{
    /// <summary>Most bytes that follow the msgpack: nonce, flag and address of the vault, flag and expiry.</summary>
    public const int MaxSuffixBytes = 8 + 1 + Address.Length + 1 + 8;

    /// <summary>The connection id: what the phantom agent carries.</summary>
    /// <param name="msgpack">The action.</param>
    /// <param name="nonceMs">Nonce of the request.</param>
    /// <param name="vault">Vault or sub-account acted for, or none.</param>
    /// <param name="expiresAfterMs">Time after which the venue refuses it, or none.</param>
    public static Bytes32 ConnectionId(
        ReadOnlySpan<byte> msgpack,
        ulong nonceMs,
        Address? vault = null,
        ulong? expiresAfterMs = null
    )
    {
        Span<byte> suffix = stackalloc byte[MaxSuffixBytes];
        int length = WriteSuffix(suffix, nonceMs, vault, expiresAfterMs);
        Keccak256 hash = default;
        hash.Append(msgpack);
        hash.Append(suffix[..length]);
        return hash.Finish();
    }

    /// <summary>Writes what follows the msgpack; returns its length.</summary>
    public static int WriteSuffix(Span<byte> suffix, ulong nonceMs, Address? vault, ulong? expiresAfterMs)
    {
        BinaryPrimitives.WriteUInt64BigEndian(suffix, nonceMs);
        int length = 8;
        suffix[length++] = vault is null ? (byte)0 : (byte)1;
        if (vault is { } address)
        {
            address.Span.CopyTo(suffix[length..]);
            length += Address.Length;
        }

        if (expiresAfterMs is { } expiry)
        {
            suffix[length++] = 0;
            BinaryPrimitives.WriteUInt64BigEndian(suffix[length..], expiry);
            length += 8;
        }

        return length;
    }
}
