using Kedge.Model;

namespace Kedge.Data.Manager;

/// <summary>Which sources serve some symbols.</summary>
/// <param name="Symbols">Exact spelling; empty for all.</param>
/// <param name="Asset">Asset type; null for all.</param>
/// <param name="Sources">Names in the order they are asked.</param>
public sealed record DataRouteRule(IReadOnlyList<string> Symbols, AssetType? Asset, IReadOnlyList<string> Sources)
{
    /// <summary>Whether it is for a symbol.</summary>
    public bool Fits(string symbol, AssetType asset) =>
        (Asset is null || Asset == asset) && (Symbols.Count == 0 || Symbols.Contains(symbol, StringComparer.Ordinal));
}
