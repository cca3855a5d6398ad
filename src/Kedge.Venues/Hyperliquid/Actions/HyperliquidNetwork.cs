namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>Which network a signature is for.</summary>
public enum HyperliquidNetwork
{
    /// <summary>Real money; source <c>a</c>.</summary>
    Mainnet,

    /// <summary>Play money; source <c>b</c>.</summary>
    Testnet,
}
