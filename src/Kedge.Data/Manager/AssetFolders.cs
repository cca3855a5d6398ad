using Kedge.Model;

namespace Kedge.Data.Manager;

/// <summary>
/// Candle tables know a symbol and an interval, not what the symbol names: perpetuals lie in the folder itself, other things in a folder of their own
/// below it, so that BTC the coin never mixes with BTC the perpetual.
/// </summary>
internal static class AssetFolders
{
    /// <summary>The folder of an asset type.</summary>
    public static string Of(string root, AssetType asset) => asset == AssetType.Perp ? root : Path.Combine(root, asset.Name());
}
