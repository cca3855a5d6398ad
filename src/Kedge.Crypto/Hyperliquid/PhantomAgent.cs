namespace Kedge.Crypto.Hyperliquid;

/// <summary>The typed message that stands for an L1 action: an agent with the network as its source and the action's hash as its id.</summary>
public static class PhantomAgent
{
    private static readonly Eip712Domain Domain = new("Exchange", "1", 1337, default);

    private static readonly Eip712Type Agent = new(
        "Agent",
        new Eip712Field("source", "string"),
        new Eip712Field("connectionId", "bytes32")
    );

    /// <summary>The digest to sign.</summary>
    /// <param name="connectionId">From <see cref="ActionHash"/>.</param>
    /// <param name="isMainnet">Source <c>a</c> for mainnet, <c>b</c> for testnet.</param>
    public static Bytes32 Digest(in Bytes32 connectionId, bool isMainnet)
    {
        Eip712Struct agent = new(Agent);
        agent.Text(isMainnet ? "a" : "b");
        agent.Bytes(connectionId);
        return Domain.Digest(agent.Finish());
    }
}
