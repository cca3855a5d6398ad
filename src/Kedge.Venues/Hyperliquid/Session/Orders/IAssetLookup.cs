namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>The venue's numbers of symbols.</summary>
internal interface IAssetLookup
{
    /// <summary>The asset id of a symbol that may be traded; false when there is none.</summary>
    bool TryGetAsset(string symbol, out int asset);
}
