using System.Globalization;
using System.Text;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>A venue of a few lines that answers a session in memory; the test owns time and decides what is lost, late or refused.</summary>
internal sealed class FakeVenue : IEffectSink<SessionEffect>, IPriceSink
{
    public const long Epoch = 1_700_000_000_000;
    public const string User = "0x1111111111111111111111111111111111111111";

    private readonly PriorityQueue<SessionInput, (long At, long Order)> coming = new();
    private readonly HashSet<string> subscribed = new(StringComparer.Ordinal);
    private long order;
    private long timerMs = long.MaxValue;

    public FakeVenue(SessionSettings? settings = null, AccountCursor? cursor = null, long nowMs = 0, bool hasAccount = true)
    {
        Assert.True(Address.TryParse(User, out Address user));
        NowMs = nowMs;
        Session = new HyperliquidSession((settings ?? new SessionSettings()) with { Account = hasAccount ? user : null });
        Cursor = cursor ?? AccountCursor.StartingAt(Epoch);
    }

    public HyperliquidSession Session { get; }

    public AccountCursor Cursor { get; }

    public long NowMs { get; private set; }

    public List<VenueEvent> Events { get; } = [];

    public List<(long AtMs, string Body)> Requests { get; } = [];

    public List<(long AtMs, string Text)> Messages { get; } = [];

    public List<long> Opens { get; } = [];

    public List<FakeFill> Fills { get; } = [];

    public List<(string Coin, long TimeMs, string Usdc)> Funding { get; } = [];

    public List<(string Hash, long TimeMs, string Usdc)> Ledger { get; } = [];

    public List<string> OpenOrders { get; } = [];

    public Dictionary<long, string> Statuses { get; } = [];

    public List<string> Symbols { get; } = ["BTC", "ETH", "SOL"];

    public HashSet<string> Delisted { get; } = [];

    /// <summary>24 h volumes, USD, as text; one for each of <see cref="Symbols"/>.</summary>
    public List<string> Volumes { get; } = ["300.5", "200.0", "0.0"];

    public List<(string Symbol, double Mid)> Mids { get; } = [];

    public int PageLimit { get; set; } = 2_000;

    public int RestMs { get; set; } = 20;

    public bool AcksSubscriptions { get; set; } = true;

    public bool AnswersPings { get; set; } = true;

    public bool RefusesSockets { get; set; }

    public bool SendsSnapshots { get; set; }

    /// <summary>Sends each stream of prices one message when it is subscribed, and no more: a market that stands still.</summary>
    public bool SendsFirstPrices { get; set; }

    /// <summary>Decides the HTTP status of a request; 0 for no answer at all.</summary>
    public Func<string, int> Status { get; set; } = _ => 200;

    /// <summary>Called for a request before it is answered.</summary>
    public Action<string>? OnRequest { get; set; }

    /// <summary>Breaks answers; null for whole ones.</summary>
    public Func<byte[], byte[]>? MutateAnswer { get; set; }

    public long Connection { get; private set; }

    public IEnumerable<VenueEvent.Filled> Told => Events.OfType<VenueEvent.Filled>();

    public int Ups => Events.OfType<VenueEvent.SessionUp>().Count();

    public FakeVenue Start()
    {
        Give(new SessionInput.Started(Cursor, 0));
        return this;
    }

    /// <summary>Runs until a moment after now.</summary>
    public void Run(long forMs)
    {
        long end = NowMs + forMs;
        while (true)
        {
            long next = coming.TryPeek(out _, out (long At, long Order) first) ? Math.Min(first.At, timerMs) : timerMs;
            if (next > end)
            {
                NowMs = end;
                return;
            }

            NowMs = Math.Max(NowMs, next);
            if (timerMs <= NowMs)
            {
                timerMs = long.MaxValue;
                Give(new SessionInput.TimerFired(1));
            }
            else
            {
                Give(coming.Dequeue());
            }
        }
    }

    public void Command(VenueCommand command) => Give(new SessionInput.Commanded(command));

    public void Give(SessionInput input) => Session.Handle(input, new Now(NowMs, Epoch + NowMs), this);

    public void Frame(string text) => Give(new SessionInput.SocketReceived(Connection, Encoding.UTF8.GetBytes(text)));

    public void Cut(string reason = "cut")
    {
        subscribed.Clear();
        Give(new SessionInput.SocketClosed(Connection, reason));
    }

    public FakeFill Trade(long timeMs, bool isStreamed = true, long? oid = null)
    {
        FakeFill fill = new(1_000 + Fills.Count, oid ?? 7, timeMs);
        Fills.Add(fill);
        if (isStreamed && subscribed.Contains("userFills"))
        {
            Stream(fill);
        }

        return fill;
    }

    public void Stream(params IEnumerable<FakeFill> fills) =>
        Frame(
            $$$"""{"channel":"userFills","data":{"user":"{{{User}}}","fills":[{{{string.Join(',', fills.Select(f => f.Json))}}}]}}"""
        );

    public void Add(in SessionEffect effect)
    {
        switch (effect)
        {
            case SessionEffect.SendHttp http:
                Answer(http);
                break;
            case SessionEffect.OpenSocket open:
                Connection = open.Connection;
                Opens.Add(NowMs);
                subscribed.Clear();
                Later(
                    RefusesSockets
                        ? new SessionInput.SocketClosed(open.Connection, "refused")
                        : new SessionInput.SocketOpened(open.Connection),
                    10
                );
                break;
            case SessionEffect.SendSocket send:
                Hear(send);
                break;
            case SessionEffect.CloseSocket:
                subscribed.Clear();
                break;
            case SessionEffect.SetTimer timer:
                Assert.True(timer.DueMonotonicMs > NowMs, "a timer in the past would spin");
                timerMs = timer.DueMonotonicMs;
                break;
            case SessionEffect.Emit emit:
                Events.Add(emit.Event);
                break;
            case SessionEffect.Prices:
                Session.DeliverPrices(this);
                break;
            default:
                break;
        }
    }

    public void Mid(string symbol, double mid, long receivedMonotonicMs) => Mids.Add((symbol, mid));

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) => Mids.Add((symbol, bid));

    private void Later(SessionInput input, int afterMs) => coming.Enqueue(input, (NowMs + afterMs, order++));

    private void Hear(SessionEffect.SendSocket send)
    {
        string text = Encoding.UTF8.GetString(send.Text.Span);
        Messages.Add((NowMs, text));
        using JsonDocument document = JsonDocument.Parse(text);
        string method = document.RootElement.GetProperty("method").GetString()!;
        if (method == "ping")
        {
            if (AnswersPings)
            {
                Later(Text("""{"channel":"pong"}"""), 5);
            }

            return;
        }

        JsonElement subscription = document.RootElement.GetProperty("subscription");
        string type = subscription.GetProperty("type").GetString()!;
        if (!AcksSubscriptions)
        {
            return;
        }

        Later(
            Text(
                $$$"""{"channel":"subscriptionResponse","data":{"method":"{{{method}}}","subscription":{{{subscription.GetRawText()}}}}}"""
            ),
            5
        );
        subscribed.Add(type);
        if (SendsFirstPrices)
        {
            SendPrices(type);
        }

        if (SendsSnapshots && type == "userFills")
        {
            string all = string.Join(',', Fills.Select(f => f.Json));
            Later(Text($$$"""{"channel":"userFills","data":{"user":"{{{User}}}","isSnapshot":true,"fills":[{{{all}}}]}}"""), 6);
        }
    }

    private void SendPrices(string type)
    {
        if (type == "allMids")
        {
            Later(Text("""{"channel":"allMids","data":{"mids":{"BTC":"50000.5"}}}"""), 6);
        }
        else if (type == "bbo")
        {
            Later(
                Text(
                    """{"channel":"bbo","data":{"coin":"BTC","time":1700000000000,"bbo":[{"px":"50000.0","sz":"1.0","n":1},{"px":"50001.0","sz":"1.0","n":1}]}}"""
                ),
                6
            );
        }
    }

    private SessionInput.SocketReceived Text(string text) => new(Connection, Encoding.UTF8.GetBytes(text));

    private void Answer(SessionEffect.SendHttp http)
    {
        string body = Encoding.UTF8.GetString(http.Body.Span);
        Requests.Add((NowMs, body));
        OnRequest?.Invoke(body);
        int status = Status(body);
        if (status == 0)
        {
            Later(new SessionInput.HttpFailed(http.Request, WasSent: true, "timeout"), http.TimeoutMs);
            return;
        }

        string answer = status == 200 ? Info(body) : "error";
        byte[] bytes = Encoding.UTF8.GetBytes(answer);
        Later(new SessionInput.HttpAnswered(http.Request, status, MutateAnswer?.Invoke(bytes) ?? bytes), RestMs);
    }

    private string Info(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        long start = root.TryGetProperty("startTime", out JsonElement from) ? from.GetInt64() : 0;
        return root.GetProperty("type").GetString() switch
        {
            "meta" => Meta(),
            "metaAndAssetCtxs" => $"[{Meta()},{List(Volumes.Select(Context))}]",
            "userFillsByTime" => List(
                Fills.Where(f => f.TimeMs >= start).OrderBy(f => f.TimeMs).Take(PageLimit).Select(f => f.Json)
            ),
            "userFunding" => List(
                Funding
                    .Where(f => f.TimeMs >= start)
                    .OrderBy(f => f.TimeMs)
                    .Take(500)
                    .Select(f =>
                        $$$"""{"time":{{{f.TimeMs}}},"hash":"0x0","delta":{"type":"funding","coin":"{{{f.Coin}}}","usdc":"{{{f.Usdc}}}","szi":"1.0","fundingRate":"0.0001","nSamples":null}}"""
                    )
            ),
            "userNonFundingLedgerUpdates" => List(
                Ledger
                    .Where(l => l.TimeMs >= start)
                    .OrderBy(l => l.TimeMs)
                    .Take(500)
                    .Select(l =>
                        $$$"""{"time":{{{l.TimeMs}}},"hash":"{{{l.Hash}}}","delta":{"type":"deposit","usdc":"{{{l.Usdc}}}"}}"""
                    )
            ),
            "frontendOpenOrders" => List(OpenOrders),
            "clearinghouseState" =>
                """{"marginSummary":{"accountValue":"1000.0","totalNtlPos":"0.0","totalRawUsd":"1000.0","totalMarginUsed":"0.0"},"crossMarginSummary":{"accountValue":"1000.0","totalNtlPos":"0.0","totalRawUsd":"1000.0","totalMarginUsed":"0.0"},"crossMaintenanceMarginUsed":"0.0","withdrawable":"1000.0","assetPositions":[],"time":1700000000000}""",
            "userRateLimit" => """{"cumVlm":"0.0","nRequestsUsed":10,"nRequestsCap":10000,"nRequestsSurplus":0}""",
            "orderStatus" => Statuses.GetValueOrDefault(
                root.GetProperty("oid").ValueKind == JsonValueKind.Number ? root.GetProperty("oid").GetInt64() : 0,
                """{"status":"unknownOid"}"""
            ),
            "candleSnapshot" => Candles(root.GetProperty("req")),
            "fundingHistory" => Rates(root),
            _ => "null",
        };
    }

    private static string Context(string volume) =>
        $$$"""{"funding":"0.0000125","openInterest":"1.0","prevDayPx":"1.0","dayNtlVlm":"{{{volume}}}","premium":null,"oraclePx":"1.0","markPx":"1.0","midPx":null,"impactPxs":null}""";

    private string Meta() =>
        "{\"universe\":["
        + string.Join(
            ',',
            Symbols.Select(s =>
                $$$"""{"name":"{{{s}}}","szDecimals":3,"maxLeverage":40,"marginTableId":{{{(s == "BTC" ? 56 : 20)}}}{{{(Delisted.Contains(s) ? ",\"isDelisted\":true" : "")}}}}"""
            )
        )
        + """],"marginTables":[[56,{"description":"t","marginTiers":[{"lowerBound":"0.0","maxLeverage":40},{"lowerBound":"150000000.0","maxLeverage":20}]}]],"collateralToken":0}""";

    private static string Candles(JsonElement request)
    {
        long from = request.GetProperty("startTime").GetInt64();
        long to = request.GetProperty("endTime").GetInt64();
        long first = ((from + 59_999) / 60_000) * 60_000;
        IEnumerable<string> rows = Enumerable
            .Range(0, 500)
            .Select(i => first + (i * 60_000L))
            .Where(t => t <= to)
            .Select(t =>
                $$$"""{"t":{{{t}}},"T":{{{t + 59_999}}},"s":"BTC","i":"1m","o":"1.0","c":"1.0","h":"1.0","l":"1.0","v":"5.0","n":3}"""
            );
        return List(rows);
    }

    private static string Rates(JsonElement request)
    {
        long from = request.GetProperty("startTime").GetInt64();
        long to = request.GetProperty("endTime").GetInt64();
        long first = ((from + 3_599_999) / 3_600_000) * 3_600_000;
        return List(
            Enumerable
                .Range(0, 500)
                .Select(i => first + (i * 3_600_000L))
                .Where(t => t <= to)
                .Select(t => $$$"""{"coin":"BTC","fundingRate":"0.0000125","premium":"0.0","time":{{{t}}}}""")
        );
    }

    private static string List(IEnumerable<string> items) => "[" + string.Join(',', items) + "]";
}
