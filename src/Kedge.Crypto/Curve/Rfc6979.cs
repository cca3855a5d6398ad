using System.Security.Cryptography;

namespace Kedge.Crypto.Curve;

/// <summary>The deterministic nonces of RFC 6979, section 3.2, with HMAC-SHA-256.</summary>
internal ref struct Rfc6979
{
    private const int HashBytes = 32;

    private Block _k;
    private Block _v;
    private bool _first;

    /// <summary>Seeds the generator.</summary>
    /// <param name="digest">The digest, reduced modulo the order (<c>bits2octets</c>).</param>
    /// <param name="privateKey">The key, 32 bytes.</param>
    public Rfc6979(in Scalar digest, ReadOnlySpan<byte> privateKey)
    {
        Span<byte> k = _k;
        Span<byte> v = _v;
        v.Fill(1);
        Span<byte> seed = stackalloc byte[HashBytes * 3 + 1];
        privateKey.CopyTo(seed[(HashBytes + 1)..]);
        digest.Write(seed[(HashBytes * 2 + 1)..]);
        for (byte round = 0; round < 2; round++)
        {
            v.CopyTo(seed);
            seed[HashBytes] = round;
            HMACSHA256.HashData(k, seed, k);
            HMACSHA256.HashData(k, v, v);
        }

        CryptographicOperations.ZeroMemory(seed);
        _first = true;
    }

    /// <summary>The next candidate; the caller refuses one that is zero or not below the order and asks again.</summary>
    public void Next(Span<byte> candidate)
    {
        Span<byte> k = _k;
        Span<byte> v = _v;
        if (!_first)
        {
            Span<byte> again = stackalloc byte[HashBytes + 1];
            v.CopyTo(again);
            again[HashBytes] = 0;
            HMACSHA256.HashData(k, again, k);
            HMACSHA256.HashData(k, v, v);
        }

        _first = false;
        HMACSHA256.HashData(k, v, v);
        v.CopyTo(candidate);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_k);
        CryptographicOperations.ZeroMemory(_v);
    }

    [System.Runtime.CompilerServices.InlineArray(HashBytes)]
    private struct Block
    {
        private byte _first;
    }
}
