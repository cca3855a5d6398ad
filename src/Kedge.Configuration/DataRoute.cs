using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>One entry of <c>data.routes</c>.</summary>
/// <param name="Symbols">Symbols it is for, exact spelling; empty for all.</param>
/// <param name="Asset">Asset type it is for; null for all.</param>
/// <param name="Sources">Sources in order.</param>
public sealed record DataRoute(IReadOnlyList<string> Symbols, AssetType? Asset, IReadOnlyList<string> Sources);
