using System.Text;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;
using Address = Kedge.Crypto.Address;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>
/// A gateway at BTC 60,000 with two funded accounts, driven as a client does: signed bodies in, HTTP answers out. The house quotes 59,990 and
/// 60,010, one BTC each.
/// </summary>
internal sealed class GatewayRig : IEffectSink<GatewayOutput>
{
    public const long StartMs = 1_700_000_000_000;

    private long _requests;

    public GatewayRig(GatewaySettings? settings = null, ExchangeSettings? exchange = null, GatewayMarket? market = null)
    {
        Exchange = exchange ?? Markets.Settings;
        Gateway = new HyperliquidGateway(new ExchangeCore(Exchange), settings ?? new GatewaySettings(), market);
        Operate(new VenueOperation.OpenAccount(Core(Alice), Core(Agent), 100_000 * Bounds.Usd));
        Operate(new VenueOperation.OpenAccount(Core(Bob), null, 100_000 * Bounds.Usd));
        Command(ExchangeCommand.SetPrice(Markets.Btc, Markets.Btc60K, Markets.Btc60K));
        Command(ExchangeCommand.SetPrice(Markets.Eth, 300_000, 300_000));
        Quote();
    }

    public static PrivateKey Alice { get; } = Key(1);

    public static PrivateKey Bob { get; } = Key(2);

    public static PrivateKey Agent { get; } = Key(3);

    public static PrivateKey Stranger { get; } = Key(4);

    public ExchangeSettings Exchange { get; }

    public HyperliquidGateway Gateway { get; set; }

    public long NowMs { get; set; } = StartMs;

    public long Nonce { get; set; } = StartMs;

    public List<GatewayOutput> Outputs { get; } = [];

    public IEnumerable<GatewayLogEntry> Logs => Outputs.OfType<GatewayOutput.Logged>().Select(l => l.Entry);

    public static string User(PrivateKey key) => Secp256k1.Managed.PublicKeyOf(key).ToAddress().ToString();

    public static Exchange.Core.Address Core(PrivateKey key) => Addresses.Of(Secp256k1.Managed.PublicKeyOf(key).ToAddress());

    public void Add(in GatewayOutput effect) => Outputs.Add(effect);

    public void Operate(VenueOperation operation) => Handle(new GatewayInput.Operated(operation));

    public void Command(params ExchangeCommand[] commands) => Operate(new VenueOperation.Command(commands));

    public void Quote() =>
        Command(
            ExchangeCommand.Place(
                ExchangeCore.House,
                new OrderRequest[]
                {
                    new(Markets.Btc, OrderSide.Buy, 599_900, Markets.OneBtc),
                    new(Markets.Btc, OrderSide.Sell, 600_100, Markets.OneBtc),
                }
            )
        );

    public void Handle(GatewayInput input) => Gateway.Handle(in input, new Now(NowMs - StartMs, NowMs), this);

    /// <summary>Sends a body and returns status and answer.</summary>
    public (int Status, string Body) Post(string path, string body, string caller = "10.0.0.1") =>
        Post(path, Encoding.UTF8.GetBytes(body), caller);

    public (int Status, string Body) Post(string path, byte[] body, string caller = "10.0.0.1")
    {
        long request = ++_requests;
        Handle(new GatewayInput.HttpRequested(request, path, body, caller));
        GatewayOutput.HttpResponded response = Outputs.OfType<GatewayOutput.HttpResponded>().Last(r => r.Request == request);
        return (response.Status, Encoding.UTF8.GetString(response.Body.Span));
    }

    public JsonElement Info(string query)
    {
        (int status, string body) = Post("/info", query);
        Assert.True(status == 200, $"{query}: {status} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>An L1 action of Alice's agent, or of whom is given.</summary>
    public string Act(string action, PrivateKey? key = null) =>
        Post("/exchange", Sign(action, key ?? Agent, (ulong)++Nonce)).Body;

    public string ActAsUser(string action, PrivateKey key)
    {
        JsonElement json = JsonDocument.Parse(action).RootElement;
        ulong nonce = (json.TryGetProperty("time", out JsonElement time) ? time : json.GetProperty("nonce")).GetUInt64();
        return Post("/exchange", SignUser(action, key, nonce)).Body;
    }

    public static string SignUser(string action, PrivateKey key, ulong nonce)
    {
        JsonElement json = JsonDocument.Parse(action).RootElement;
        Eip712Type type = UserSignedAction.TypeOf(json.GetProperty("type").GetString()!)!;
        Assert.True(UserSignedAction.TryDigest(type, json, out Bytes32 digest));
        return Wrap(action, nonce, Secp256k1.Managed.Sign(in digest, key), "");
    }

    public static string Sign(
        string action,
        PrivateKey key,
        ulong nonce,
        string? vault = null,
        ulong? expiresAfter = null,
        bool isMainnet = true,
        string? vaultText = null
    )
    {
        MsgPackWriter packed = new();
        Assert.True(MsgPackJson.TryWrite(packed, JsonDocument.Parse(action).RootElement));
        Address? address = vault is not null && Address.TryParse(vault, out Address parsed) ? parsed : null;
        Bytes32 id = ActionHash.ConnectionId(packed.Written, nonce, address, expiresAfter);
        Bytes32 digest = PhantomAgent.Digest(in id, isMainnet);
        string more = vault is null ? "" : $",\"vaultAddress\":\"{vaultText ?? vault}\"";
        more += expiresAfter is null ? "" : $",\"expiresAfter\":{expiresAfter}";
        return Wrap(action, nonce, Secp256k1.Managed.Sign(in digest, key), more);
    }

    public static string Wrap(string action, ulong nonce, Signature signature, string more) =>
        $"{{\"action\":{action},\"nonce\":{nonce},\"signature\":{{\"r\":\"{signature.R}\",\"s\":\"{signature.S}\",\"v\":{signature.V}}}{more}}}";

    /// <summary>JSON of one order.</summary>
    public static string Order(
        bool isBuy,
        string price,
        string size,
        string tif = "Gtc",
        bool reduceOnly = false,
        string? cloid = null,
        int asset = 0
    ) =>
        $"{{\"a\":{asset},\"b\":{(isBuy ? "true" : "false")},\"p\":\"{price}\",\"s\":\"{size}\",\"r\":{(reduceOnly ? "true" : "false")},"
        + $"\"t\":{{\"limit\":{{\"tif\":\"{tif}\"}}}}{(cloid is null ? "" : $",\"c\":\"{cloid}\"")}}}";

    public static string Trigger(bool isBuy, string price, string size, string trigger, string tpsl, bool isMarket = true) =>
        $"{{\"a\":0,\"b\":{(isBuy ? "true" : "false")},\"p\":\"{price}\",\"s\":\"{size}\",\"r\":true,"
        + $"\"t\":{{\"trigger\":{{\"isMarket\":{(isMarket ? "true" : "false")},\"triggerPx\":\"{trigger}\",\"tpsl\":\"{tpsl}\"}}}}}}";

    public static string Place(params string[] orders) => PlaceGroup("na", orders);

    public static string PlaceGroup(string grouping, params string[] orders) =>
        $"{{\"type\":\"order\",\"orders\":[{string.Join(',', orders)}],\"grouping\":\"{grouping}\"}}";

    /// <summary>Places one order and returns its id.</summary>
    public long Rest(string order, PrivateKey? key = null) =>
        Status(Act(Place(order), key)).GetProperty("resting").GetProperty("oid").GetInt64();

    /// <summary>One element of the statuses of an answer.</summary>
    public static JsonElement Status(string answer, int index = 0) =>
        JsonDocument.Parse(answer).RootElement.GetProperty("response").GetProperty("data").GetProperty("statuses")[index];

    private static PrivateKey Key(int number)
    {
        byte[] bytes = new byte[32];
        bytes[31] = (byte)number;
        Assert.True(PrivateKey.TryCreate(bytes, out PrivateKey? key));
        return key;
    }
}
