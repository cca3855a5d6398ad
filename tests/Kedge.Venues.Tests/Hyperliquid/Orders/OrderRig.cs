using System.Text;
using Kedge.Crypto;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Actions;
using Kedge.Venues.Hyperliquid.Session;
using Kedge.Venues.Hyperliquid.Session.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>An order desk between a test and a scripted network.</summary>
internal sealed class OrderRig : IAssetLookup, IDisposable
{
    public const long StartMs = 1_795_000_000_000;

    private readonly PrivateKey _key;
    private readonly StreamDecoder _stream = new(new SymbolTable("BTC", "ETH"), new DecodeReport());

    public OrderRig(Func<OrderDeskSettings, OrderDeskSettings>? change = null, bool start = true)
    {
        Assert.True(PrivateKey.TryParse(new string('7', 64), out PrivateKey? key));
        _key = key;
        Assert.True(Address.TryParse("0x1719884eb866cb12b2287399b15f7db5e7d775ea", out Address account));
        OrderDeskSettings settings = new(account);
        Settings = change is null ? settings : change(settings);
        ActionSigner signer = new(key, HyperliquidNetwork.Testnet);
        Desk = new OrderDesk(Settings, Network, this, signer, new AnswerDecoder(new DecodeReport()));
        if (start)
        {
            Desk.Start(0, Now, Effects);
            AnswerTime();
            SaveBlocks();
        }
    }

    public OrderDeskSettings Settings { get; }

    public OrderDesk Desk { get; }

    public FakeRequestDesk Network { get; } = new();

    public EffectList Effects { get; } = new();

    public long VenueMs { get; set; } = StartMs;

    public Now Now { get; private set; } = new(1_000, StartMs);

    public IReadOnlyList<VenueEvent> Events => Effects.Events;

    public bool TryGetAsset(string symbol, out int asset)
    {
        asset = symbol == "ETH" ? 1 : 0;
        return symbol is "BTC" or "ETH";
    }

    public static ClientOrderId Id(int number) => new((UInt128)number);

    public static ApprovedOrder Order(int id, bool reduceOnly = false, decimal size = 1m, string symbol = "BTC") =>
        ApprovedOrder.From(
            new OrderIntent(Id(id), symbol, IsBuy: true, size, 100m, TimeInForce.Gtc, reduceOnly),
            RiskReceipt.ByOperator("test", "test")
        );

    public void Command(VenueCommand command) => Assert.True(Desk.TryTake(command, Now, Effects));

    /// <summary>Places orders and lets the request leave.</summary>
    public FakeRequestDesk.Request Place(params int[] ids)
    {
        Command(new VenueCommand.Place([.. ids.Select(id => Order(id))]));
        return Sent("order");
    }

    /// <summary>The one request of a type, sent now if it was not yet.</summary>
    public FakeRequestDesk.Request Sent(string type)
    {
        foreach (FakeRequestDesk.Request request in Network.Open)
        {
            if (!request.IsSent)
            {
                request.Send(Now);
            }
        }

        return Assert.Single(Network.Open, r => r.IsSent && r.Type == type);
    }

    public void Answer(FakeRequestDesk.Request request, string body, int status = 200) =>
        End(request, RequestAnswer.Answered(status, Encoding.UTF8.GetBytes(body)));

    public void End(FakeRequestDesk.Request request, RequestAnswer answer)
    {
        Assert.True(Network.Open.Remove(request));
        request.End(answer, Now, Effects);
        SaveBlocks();
    }

    public void AnswerTime() => Answer(Sent("exchangeStatus"), $"{{\"specialStatuses\":null,\"time\":{VenueMs}}}");

    public void SaveBlocks()
    {
        while (Effects.Blocks.TryDequeue(out long block))
        {
            Desk.NonceBlockSaved(block, Now, Effects);
        }
    }

    /// <summary>Time passes, here and at the venue; the desk is woken whenever it wants to be.</summary>
    public void Pass(long ms, Action? onWake = null)
    {
        long until = Now.MonotonicMs + ms;
        while (Now.MonotonicMs < until)
        {
            long step = onWake is null ? until : Math.Min(until, Now.MonotonicMs + 50);
            long due = Math.Clamp(Desk.NextDueMonotonicMs, Now.MonotonicMs + 1, step);
            VenueMs += due - Now.MonotonicMs;
            Now = new Now(due, Now.WallMs + due - Now.MonotonicMs);
            if (Desk.NextDueMonotonicMs <= due)
            {
                Desk.Tick(Now, Effects);
                SaveBlocks();
            }

            onWake?.Invoke();
        }
    }

    /// <summary>Answers every question as a venue that knows nothing of the order would.</summary>
    public void KnowNothing(string fills = "[]", string open = "[]")
    {
        foreach (FakeRequestDesk.Request request in Network.Open.ToArray())
        {
            if (!request.IsSent)
            {
                request.Send(Now);
            }

            switch (request.Type)
            {
                case "exchangeStatus":
                    Answer(request, $"{{\"specialStatuses\":null,\"time\":{VenueMs}}}");
                    break;
                case "orderStatus":
                    Answer(request, """{"status":"unknownOid"}""");
                    break;
                case "frontendOpenOrders":
                    Answer(request, open);
                    break;
                case "userFillsByTime":
                    Answer(request, fills);
                    break;
            }
        }
    }

    public void Update(int id, long oid, string status, decimal left = 1m, long timeMs = StartMs)
    {
        string text = $$$"""
            {"channel":"orderUpdates","data":[{"order":{{{OrderJson(
                id,
                oid,
                left
            )}}},"status":"{{{status}}}","statusTimestamp":{{{timeMs}}}}]}
            """;
        Assert.Equal(PayloadKind.OrderUpdates, _stream.Decode(Encoding.UTF8.GetBytes(text)));
        Desk.OrdersChanged(Assert.IsType<OrderUpdatesMessage>(_stream.Message), Now, Effects);
    }

    public void Fill(int id, long oid, decimal size) =>
        Desk.FillSeen(
            new UserFill(
                "BTC",
                100m,
                size,
                true,
                VenueMs,
                0m,
                "Open Long",
                0m,
                "0x",
                oid,
                true,
                0m,
                "USDC",
                null,
                1,
                Id(id).ToString(),
                null
            ),
            Now,
            Effects
        );

    public static string StatusJson(int id, long oid, string status, decimal left = 1m, long timeMs = StartMs) =>
        $$$$"""{"status":"order","order":{"order":{{{{OrderJson(id, oid, left)}}}},"status":"{{{{status}}}}","statusTimestamp":{{{{timeMs}}}}}}""";

    public static string Statuses(params string[] statuses) =>
        """{"status":"ok","response":{"type":"order","data":{"statuses":[""" + string.Join(',', statuses) + "]}}}";

    public static string Err(string text) => $$"""{"status":"err","response":"{{text}}"}""";

    public static string OrderJson(int id, long oid, decimal left) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"coin":"BTC","side":"B","limitPx":"100.0","sz":"{{left}}","oid":{{oid}},"timestamp":{{StartMs}},"origSz":"1.0","cloid":"{{Id(id)}}"}"""
        );

    public void Dispose() => _key.Dispose();
}
