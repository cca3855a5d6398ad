using System.Text.Json;
using Kedge.TestSupport;

namespace Kedge.Crypto.Tests;

/// <summary>The published and derived signing vectors of the venue, from the reference data.</summary>
internal static class SigningVectors
{
    private const string Folder = "vectors/hyperliquid-signing";

    public static readonly (string File, int Count)[] Files =
    [
        ("python-sdk.json", 21),
        ("rust-sdk.json", 18),
        ("nktkas-typescript.json", 6),
        ("nktkas-multisig.json", 2),
        ("nautilus-hashes.json", 2),
        ("derived.json", 63),
    ];

    /// <summary>Reads a file, or skips the test when there is no reference data.</summary>
    public static JsonElement Open(string file)
    {
        string path = $"{Folder}/{file}";
        if (ReferenceData.WhyAbsent(path) is { } reason)
        {
            Assert.Skip(reason);
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require(path)));
        return document.RootElement.Clone();
    }

    /// <summary>A member as text, or null when it is absent or null.</summary>
    public static string? Text(this JsonElement vector, string name) =>
        vector.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member as a whole number, or null when it is absent or null.</summary>
    public static ulong? Number(this JsonElement vector, string name) =>
        vector.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetUInt64() : null;

    public static Address? Account(this JsonElement vector, string name) =>
        vector.Text(name) is not { } text ? null
        : Address.TryParse(text, out Address address) ? address
        : throw new FormatException($"{name}: {text}");

    public static Bytes32 Word(this JsonElement vector, string name) =>
        Bytes32.TryParse(vector.Text(name), out Bytes32 value) ? value : throw new FormatException(name);

    /// <summary>A signature member, or null when it is absent or null.</summary>
    public static Signature? Signed(this JsonElement vector, string name)
    {
        if (!vector.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return Signature.TryParse(value.Text("r"), value.Text("s"), value.GetProperty("v").GetInt32(), out Signature signature)
            ? signature
            : throw new FormatException(name);
    }

    /// <summary>The implementations to hold a signature against.</summary>
    public static IEnumerable<Secp256k1> Implementations =>
        Secp256k1.Native is { } native ? [Secp256k1.Managed, native] : [Secp256k1.Managed];
}
