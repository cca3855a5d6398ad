namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>Whose signatures a gateway takes. The network is part of what a client signs (<c>source</c>, <c>hyperliquidChain</c>).</summary>
public enum SignatureNetwork : byte
{
    /// <summary>Source <c>a</c>.</summary>
    Mainnet,

    /// <summary>Source <c>b</c>.</summary>
    Testnet,

    /// <summary>Both; which one a signer uses is logged.</summary>
    Either,
}
