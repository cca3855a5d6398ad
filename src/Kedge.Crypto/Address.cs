using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kedge.Crypto;

/// <summary>An Ethereum address: the last twenty bytes of the Keccak-256 of a public key.</summary>
public readonly struct Address : IEquatable<Address>
{
    /// <summary>Number of bytes.</summary>
    public const int Length = 20;

    private readonly Store _store;

    /// <summary>Copies exactly 20 bytes.</summary>
    public Address(ReadOnlySpan<byte> bytes)
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

    /// <summary>Reads forty digits in any letter case, with or without <c>0x</c>, as venues do; what a person typed goes through <see cref="TryParseChecked"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool good = Hex.TryParse(text, bytes);
        address = good ? new Address(bytes) : default;
        return good;
    }

    /// <summary>As <see cref="TryParse"/>, but where upper and lower case are mixed they must be the EIP-55 checksum.</summary>
    public static bool TryParseChecked(ReadOnlySpan<char> text, out Address address)
    {
        if (!TryParse(text, out address))
        {
            return false;
        }

        ReadOnlySpan<char> digits = text[^(Length * 2)..];
        bool upper = digits.IndexOfAnyInRange('A', 'F') >= 0;
        bool lower = digits.IndexOfAnyInRange('a', 'f') >= 0;
        if (!(upper && lower) || digits.SequenceEqual(address.ToChecksum().AsSpan(2)))
        {
            return true;
        }

        address = default;
        return false;
    }

    /// <summary>The EIP-55 spelling, for people: a digit is upper case where the Keccak-256 of the lower-case digits has a nibble of 8 or more.</summary>
    public string ToChecksum()
    {
        Span<char> text = stackalloc char[Length * 2 + 2];
        Span<byte> ascii = stackalloc byte[Length * 2];
        Convert.TryToHexStringLower(Span, text[2..], out _);
        text[0] = '0';
        text[1] = 'x';
        for (int i = 0; i < ascii.Length; i++)
        {
            ascii[i] = (byte)text[i + 2];
        }

        Bytes32 hash = Keccak256.Hash(ascii);
        for (int i = 0; i < ascii.Length; i++)
        {
            int nibble = (hash.Span[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15;
            if (nibble >= 8)
            {
                text[i + 2] = char.ToUpperInvariant(text[i + 2]);
            }
        }

        return new string(text);
    }

    /// <inheritdoc/>
    public bool Equals(Address other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(Span[^4..]);

    /// <summary>The lower-case spelling, which is what goes on the wire.</summary>
    public override string ToString() => Hex.Format(Span);

    /// <summary>Whether two addresses are the same.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    [InlineArray(Length)]
    private struct Store
    {
        private byte _first;
    }
}
