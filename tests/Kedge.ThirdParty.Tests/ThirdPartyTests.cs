using Kedge.Exchange.Gateways.Hyperliquid;

namespace Kedge.ThirdParty.Tests;

/// <summary>
/// Clients that share no code with this project trade on the simulated exchange over real sockets. They sign with their own msgpack, Keccak and
/// curve; the exchange takes what it can trace back to the account's key and nothing else.
/// </summary>
public sealed class ThirdPartyTests
{
    private static readonly string[] NktkasTrading =
    [
        "leverage",
        "place limit",
        "modify",
        "cancel",
        "cancel by client id",
        "fill",
        "positions",
        "place trigger",
        "refusal",
        "close",
        "dead man's switch",
    ];

    private static readonly string[] Nktkas =
    [
        "connect",
        "load markets",
        "prices",
        "candles",
        "market streams",
        "user streams",
        .. NktkasTrading.Select(s => $"rest: {s}"),
        .. NktkasTrading.Select(s => $"socket: {s}"),
        "history",
        "resubscribe after a lost connection",
        "info over the socket",
    ];

    private static readonly string[] NktkasOwner = ["approve agent", "sub-account"];

    private static readonly string[] Ccxt =
    [
        "connect",
        "load markets",
        "prices",
        "candles",
        "balance",
        "market streams",
        "user streams",
        "leverage",
        "place limit",
        "modify",
        "cancel",
        "fill",
        "positions",
        "place trigger",
        "refusal",
        "close",
        "history",
        "streams without a fault",
        "builder",
    ];

    [Theory]
    [InlineData(SignatureNetwork.Mainnet, "mainnet", false)]
    [InlineData(SignatureNetwork.Testnet, "testnet", true)]
    public async Task Nktkas_trades_and_every_signature_verifies(SignatureNetwork network, string name, bool asAgent)
    {
        await using ServedExchange exchange = await ServedExchange.StartAsync(new GatewaySettings { Network = network });
        ClientRun run = await ClientRun.OfAsync("nktkas.mjs", Settings(exchange, name, asAgent));
        run.AssertWent(asAgent ? Nktkas : [.. Nktkas, .. NktkasOwner]);
        Assert.Empty(Refused(exchange));
        Assert.True(exchange.Signed is { OverRest: >= 12, OverSocket: >= 12 }, $"signed requests: {exchange.Signed}");
        Assert.Contains(exchange.Log, e => e.Code == "network" && e.Detail.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Ccxt_trades_with_and_without_an_approved_builder_and_every_signature_verifies(bool approves, bool asAgent)
    {
        GatewaySettings settings = new() { Network = SignatureNetwork.Mainnet, BuilderFees = approves };
        await using ServedExchange exchange = await ServedExchange.StartAsync(settings);
        Dictionary<string, string> given = Settings(exchange, "mainnet", asAgent);

        // An agent may not approve a builder for its account; ccxt tries and then goes on without one.
        bool hasBuilder = approves && !asAgent;
        given["BUILDER"] = hasBuilder ? "approved" : "refused";
        ClientRun run = await ClientRun.OfAsync("ccxt.mjs", given);
        run.AssertWent(Ccxt);
        Assert.All(Refused(exchange), e => Assert.StartsWith("approveBuilderFee:", e.Detail, StringComparison.Ordinal));
        Assert.Equal(hasBuilder, !Refused(exchange).Any());
        Assert.True(exchange.Signed.OverRest >= 10, $"signed requests: {exchange.Signed}");
    }

    [Fact]
    public async Task A_key_that_is_nobodys_trades_nothing()
    {
        await using ServedExchange exchange = await ServedExchange.StartAsync(new GatewaySettings());
        Dictionary<string, string> given = Settings(exchange, "mainnet", asAgent: false);
        given["KEY"] = "0x" + new string('1', 64);
        ClientRun run = await ClientRun.OfAsync("nktkas.mjs", given);
        Assert.All(
            run.Steps.Where(s => s.Step is "rest: place limit" or "socket: place limit"),
            s => Assert.Contains("does not exist", s.Detail, StringComparison.Ordinal)
        );
        Assert.NotEqual(0, exchange.Signed.OverRest);
        Assert.NotEqual(0, exchange.Signed.OverSocket);
        Assert.Equal(exchange.Signed.OverRest + exchange.Signed.OverSocket, Refused(exchange).Count());
    }

    /// <summary>Actions that were refused as a whole: bad signature, nonce or form, a signer that is not known.</summary>
    private static IEnumerable<GatewayLogEntry> Refused(ServedExchange exchange) =>
        exchange.Log.Where(e => e.Code is "refused" or "malformed" or "signer" or "weight" or "path");

    private static Dictionary<string, string> Settings(ServedExchange exchange, string network, bool asAgent) =>
        new(StringComparer.Ordinal)
        {
            ["EXCHANGE_URL"] = exchange.Url.ToString(),
            ["ACCOUNT"] = exchange.Account,
            ["KEY"] = asAgent ? exchange.AgentKey : exchange.AccountKey,
            ["NETWORK"] = network,
            ["SYMBOL"] = "ETH",
        };
}
