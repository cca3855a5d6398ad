using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kedge.Crypto;

/// <summary>Thirty-two bytes, most significant first: a hash, a digest to sign, a coordinate.</summary>
public readonly struct Bytes32 : IEquatable<Bytes32>
{
    /// <summary>Number of bytes.</summary>
    public const int Length = 32;

    private readonly Store _store;

    /// <summary>Copies exactly 32 bytes.</summary>
    public Bytes32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"{Length} bytes are needed, {bytes.Length} were given", nameof(bytes));
        }

        bytes.CopyTo(_store);
    }

    /// <summary>The bytes; valid as long as the value is.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Span => _store;

    /// <summary>Reads hexadecimal text, with or without <c>0x</c>; fewer than 64 digits mean leading zeros were dropped.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool good = Hex.TryParsePadded(text, bytes);
        value = good ? new Bytes32(bytes) : default;
        return good;
    }

    /// <inheritdoc/>
    public bool Equals(Bytes32 other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bytes32 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(Span[^4..]);

    /// <summary><c>0x</c> and 64 lower-case digits.</summary>
    public override string ToString() => Hex.Format(Span);

    /// <summary>Whether two values hold the same bytes.</summary>
    public static bool operator ==(Bytes32 left, Bytes32 right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(Bytes32 left, Bytes32 right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Store
    {
        private byte _first;
    }
}
