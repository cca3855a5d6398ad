using System.Text.Json;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>
/// The venue's JSON for things that several answers share (<c>venue-hyperliquid.md</c> §6, §7). Numbers are decimal strings with at least one
/// decimal ("60000.0"), made from scaled integers without rounding and without garbage.
/// </summary>
internal static partial class VenueJson
{
    private const int NumberMax = 40;

    /// <summary>Decimals of money.</summary>
    public const int UsdDecimals = 6;

    /// <summary>Decimals of a funding rate.</summary>
    public const int RateDecimals = 10;

    /// <summary>A price under a name.</summary>
    public static void Price(Utf8JsonWriter json, ReadOnlySpan<byte> name, Instrument instrument, long ticks) =>
        Scaled(json, name, ticks, instrument.PriceDecimals);

    /// <summary>A size under a name.</summary>
    public static void Size(Utf8JsonWriter json, ReadOnlySpan<byte> name, Instrument instrument, long lots) =>
        Scaled(json, name, lots, instrument.SizeDecimals);

    /// <summary>Micro-USD under a name.</summary>
    public static void Usd(Utf8JsonWriter json, ReadOnlySpan<byte> name, long microUsd) =>
        Scaled(json, name, microUsd, UsdDecimals);

    /// <summary>A funding rate or premium of 1e-10 under a name.</summary>
    public static void Rate(Utf8JsonWriter json, ReadOnlySpan<byte> name, long rate) => Scaled(json, name, rate, RateDecimals);

    /// <summary>A scaled integer under a name, as a decimal string.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="value">The number times 10 to <paramref name="decimals"/>.</param>
    /// <param name="decimals">0…18.</param>
    public static void Scaled(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value, int decimals)
    {
        Span<byte> text = stackalloc byte[NumberMax];
        json.WriteString(name, text[..Format(value, decimals, text)]);
    }

    /// <summary>A scaled integer as a decimal string without a name.</summary>
    public static void Scaled(Utf8JsonWriter json, long value, int decimals)
    {
        Span<byte> text = stackalloc byte[NumberMax];
        json.WriteStringValue(text[..Format(value, decimals, text)]);
    }

    /// <summary>Writes a scaled integer as decimal text and returns its length, at most 22. Trailing zeros go, but one decimal stays.</summary>
    public static int Format(long value, int decimals, Span<byte> text)
    {
        ulong left = value < 0 ? unchecked((ulong)-value) : (ulong)value;
        Span<byte> digits = stackalloc byte[NumberMax];
        int n = 0;
        while (left > 0 || n <= decimals)
        {
            digits[n++] = (byte)('0' + (left % 10));
            left /= 10;
        }

        int length = 0;
        if (value < 0)
        {
            text[length++] = (byte)'-';
        }

        while (n > decimals)
        {
            text[length++] = digits[--n];
        }

        text[length++] = (byte)'.';
        int last = 0;
        while (last < n - 1 && digits[last] == '0')
        {
            last++;
        }

        if (n == 0)
        {
            text[length++] = (byte)'0';
        }

        while (n > last)
        {
            text[length++] = digits[--n];
        }

        return length;
    }

    /// <summary>Address of an account under a name; that of nobody and of the house is zero.</summary>
    public static void Address(Utf8JsonWriter json, ReadOnlySpan<byte> name, ExchangeCore core, int account)
    {
        json.WritePropertyName(name);
        Address(json, core, account);
    }

    /// <summary>Address of an account; that of nobody and of the house is zero.</summary>
    public static void Address(Utf8JsonWriter json, ExchangeCore core, int account)
    {
        Address address = default;
        if (account >= 0)
        {
            core.TryAddress(account, out address);
        }

        Span<byte> text = stackalloc byte[42];
        "0x"u8.CopyTo(text);
        Hex(address.High, 8, text[2..]);
        Hex((ulong)(address.Low >> 64), 16, text[10..]);
        Hex((ulong)(address.Low & ulong.MaxValue), 16, text[26..]);
        json.WriteStringValue(text);
    }

    /// <summary>A client order id under a name: <c>0x</c> and 32 digits.</summary>
    public static void Cloid(Utf8JsonWriter json, ReadOnlySpan<byte> name, UInt128 cloid)
    {
        Span<byte> text = stackalloc byte[34];
        "0x"u8.CopyTo(text);
        Hex((ulong)(cloid >> 64), 16, text[2..]);
        Hex((ulong)(cloid & ulong.MaxValue), 16, text[18..]);
        json.WriteString(name, text);
    }

    /// <summary>A hash for a record: 32 bytes that follow from one number. The simulated venue has no blocks whose hash it could be.</summary>
    private static void Hash(Utf8JsonWriter json, ulong number)
    {
        Span<byte> text = stackalloc byte[66];
        "0x"u8.CopyTo(text);
        for (int i = 0; i < 4; i++)
        {
            unchecked
            {
                number = (number ^ (number >> 31) ^ 0x9E37_79B9_7F4A_7C15) * 0xBF58_476D_1CE4_E5B9;
                Hex(number ^ (number >> 29), 16, text[(2 + (16 * i))..]);
            }
        }

        json.WriteString("hash"u8, text);
    }

    private static void Hex(ulong value, int digits, Span<byte> text)
    {
        for (int i = digits - 1; i >= 0; i--)
        {
            text[i] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }
    }
}
