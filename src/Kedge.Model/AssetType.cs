namespace Kedge.Model;

/// <summary>What kind of thing a symbol names. The same letters may name several: BTC the perpetual and BTC the coin.</summary>
public enum AssetType
{
    /// <summary>A perpetual future on a crypto asset.</summary>
    Perp,

    /// <summary>A crypto asset itself.</summary>
    Spot,

    /// <summary>A share or a fund.</summary>
    Equity,
}
