using System.Diagnostics;
using System.Security.Cryptography;
using Kedge.Crypto.Curve;

namespace Kedge.Crypto;

/// <summary>
/// A secret of secp256k1, 1 … n − 1. It lies in pinned memory, so the collector leaves no copies, is zeroed on disposal, and shows itself to
/// nobody: it has no text, and only this project reads its bytes.
/// </summary>
[DebuggerDisplay("private key")]
public sealed class PrivateKey : IDisposable
{
    /// <summary>Number of bytes.</summary>
    public const int Length = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes = GC.AllocateArray<byte>(Length, pinned: true);

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private bool _disposed;

    private PrivateKey() { }

    /// <summary>The bytes, for signing and for the keystore.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>A fresh key from the system's random numbers.</summary>
    public static PrivateKey Generate()
    {
        PrivateKey key = new();
        do
        {
            RandomNumberGenerator.Fill(key._bytes);
        } while (!IsValid(key._bytes));
        return key;
    }

    /// <summary>Takes 32 bytes; false when they are zero or not below the order. The caller clears its own copy.</summary>
    public static bool TryCreate(
        ReadOnlySpan<byte> bytes,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PrivateKey? key
    )
    {
        key = null;
        if (bytes.Length != Length || !IsValid(bytes))
        {
            return false;
        }

        key = new PrivateKey();
        bytes.CopyTo(key._bytes);
        return true;
    }

    /// <summary>Reads 64 hexadecimal digits, with or without <c>0x</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PrivateKey? key)
    {
        Span<byte> bytes = stackalloc byte[Length];
        key = null;
        bool good = Hex.TryParse(text, bytes) && TryCreate(bytes, out key);
        CryptographicOperations.ZeroMemory(bytes);
        return good;
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    /// <summary>Says what it is and nothing more.</summary>
    public override string ToString() => "(private key)";

    private static bool IsValid(ReadOnlySpan<byte> bytes) => !Scalar.Read(bytes, out bool reduced).IsZero && !reduced;
}
