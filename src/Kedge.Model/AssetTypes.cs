using System.Diagnostics.CodeAnalysis;

namespace Kedge.Model;

/// <summary>Asset types as users write them.</summary>
public static class AssetTypes
{
    private static readonly string[] Words = ["perp", "spot", "equity"];

    /// <summary>All words, in the order of <see cref="AssetType"/>.</summary>
    public static IReadOnlyList<string> Names => Words;

    /// <summary>The word of an asset type.</summary>
    public static string Name(this AssetType asset) => Words[(int)asset];

    /// <summary>Reads a word; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? word, out AssetType asset)
    {
        int index = Array.IndexOf(Words, word);
        asset = (AssetType)Math.Max(0, index);
        return index >= 0;
    }
}
