using System.Globalization;
using System.Text.Json;
using Kedge.Model.Orders;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>
/// A venue behind a bad network, driven by a seed: requests land, land late or never; answers are lost, cut off or errors; the stream is late,
/// repeats itself, is out of order or silent; an order that exists may not be found for a while. It knows the truth.
/// </summary>
internal sealed class UnreliableVenue(OrderRig rig, Random random)
{
    private readonly Dictionary<int, Order> _orders = [];
    private readonly PriorityQueue<Action, long> _later = new();
    private readonly HashSet<FakeRequestDesk.Request> _fated = [];
    private long _oid = 100;

    /// <summary>From here on nothing goes wrong any more.</summary>
    public bool IsHealthy { get; set; }

    /// <summary>How many orders were refused after they reached the venue.</summary>
    public HashSet<int> Refused { get; } = [];

    /// <summary>The truth about an order; null when the venue never had it.</summary>
    public Order? Find(int id) => _orders.GetValueOrDefault(id);

    /// <summary>Does what is due.</summary>
    public void Wake()
    {
        foreach (FakeRequestDesk.Request request in rig.Network.Open.ToArray())
        {
            if (_fated.Add(request))
            {
                In(IsHealthy ? 5 : random.Next(400), () => Meet(request));
            }
        }

        while (_later.TryPeek(out Action? action, out long due) && due <= rig.VenueMs)
        {
            _later.Dequeue();
            action();
        }
    }

    /// <summary>Something of its own happens: an order ends, or is filled in part.</summary>
    public void Stir()
    {
        Order[] live = [.. _orders.Values.Where(o => o.Status == "open")];
        if (live.Length == 0)
        {
            return;
        }

        Order order = live[random.Next(live.Length)];
        if (random.Next(2) == 0)
        {
            order.Change("canceled", rig.VenueMs);
        }
        else
        {
            Fill(order, random.Next(2) == 0 ? order.Left : order.Left / 2);
        }

        Tell(order);
    }

    private void Meet(FakeRequestDesk.Request request)
    {
        int fate = IsHealthy ? 0 : random.Next(10);
        if (fate == 1)
        {
            rig.End(request, RequestAnswer.Dropped("budget"));
        }
        else if (!request.Send(rig.Now))
        {
            rig.End(request, RequestAnswer.Dropped("no body"));
        }
        else if (fate == 2)
        {
            rig.End(request, RequestAnswer.Failed(wasSent: false, "refused"));
        }
        else if (fate == 3)
        {
            rig.Answer(request, "slow down", 429);
        }
        else if (request.Path == "/info")
        {
            Ask(request, fate);
        }
        else
        {
            Act(request, fate);
        }
    }

    private void Ask(FakeRequestDesk.Request request, int fate)
    {
        if (fate is 4 or 5)
        {
            rig.End(request, RequestAnswer.Failed(wasSent: true, "timeout"));
            return;
        }

        using JsonDocument body = JsonDocument.Parse(request.Body!);
        string answer = request.Type switch
        {
            "exchangeStatus" => $"{{\"specialStatuses\":null,\"time\":{rig.VenueMs}}}",
            "userFillsByTime" => $"[{string.Join(',', _orders.Values.SelectMany(o => o.Fills))}]",
            "frontendOpenOrders" => $"[{string.Join(',', _orders.Values.Where(o => o.Status == "open").Select(o => o.Json()))}]",
            _ => Status(body.RootElement.GetProperty("oid")),
        };
        // An answer is made now and may arrive after later news.
        In(IsHealthy ? 1 : random.Next(500), () => rig.Answer(request, fate == 6 ? answer[..(answer.Length / 2)] : answer));
    }

    private string Status(JsonElement oid)
    {
        Order? order = _orders.Values.FirstOrDefault(o =>
            oid.ValueKind == JsonValueKind.Number ? o.Oid == oid.GetInt64() : OrderRig.Id(o.Id).ToString() == oid.GetString()
        );
        bool isHidden = order is null || (!IsHealthy && rig.VenueMs < order.HiddenUntilMs);
        return isHidden ? """{"status":"unknownOid"}""" : "{\"status\":\"order\",\"order\":" + order!.State() + "}";
    }

    private void Act(FakeRequestDesk.Request request, int fate)
    {
        using JsonDocument body = JsonDocument.Parse(request.Body!);
        long expiry = body.RootElement.GetProperty("expiresAfter").GetInt64();
        JsonElement action = body.RootElement.GetProperty("action");
        int[] ids =
        [
            .. action
                .GetProperty("orders")
                .EnumerateArray()
                .Select(o =>
                    int.Parse(o.GetProperty("c").GetString().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                ),
        ];
        switch (fate)
        {
            case 4: // Lost on the way.
                In(3_000, () => rig.End(request, RequestAnswer.Failed(wasSent: true, "timeout")));
                break;
            case 5: // Lands late, perhaps too late.
                rig.End(request, RequestAnswer.Failed(wasSent: true, "reset"));
                In(random.Next(12_000), () => Land(ids, expiry));
                break;
            case 6: // Lands; the answer is lost.
                Land(ids, expiry);
                In(random.Next(3_000), () => rig.End(request, RequestAnswer.Failed(wasSent: true, "timeout")));
                break;
            case 7: // An error that says nothing.
                if (random.Next(2) == 0)
                {
                    Land(ids, expiry);
                }

                rig.Answer(request, "bad gateway", 502);
                break;
            case 8: // Lands; the answer is cut off.
                string cut = Land(ids, expiry);
                rig.Answer(request, cut[..random.Next(cut.Length)]);
                break;
            default:
                string answer = Land(ids, expiry);
                In(random.Next(300), () => rig.Answer(request, answer));
                break;
        }
    }

    private string Land(int[] ids, long expiry)
    {
        if (rig.VenueMs > expiry)
        {
            return OrderRig.Err("expired");
        }

        return OrderRig.Statuses([.. ids.Select(LandOne)]);
    }

    private string LandOne(int id)
    {
        if (random.Next(4) == 0)
        {
            Refused.Add(id);
            return """{"error":"Insufficient margin to place order. asset=0"}""";
        }

        Order order = new(id, _oid++, rig.VenueMs)
        {
            HiddenUntilMs = rig.VenueMs + random.Next(random.Next(4) == 0 ? 60_000 : 4_000),
        };
        _orders.Add(id, order);
        if (random.Next(3) != 0)
        {
            Tell(order);
            return $$$"""{"resting":{"oid":{{{order.Oid}}}}}""";
        }

        Fill(order, 1m);
        Tell(order);
        return """{"filled":{"totalSz":"1.0","avgPx":"100.0","oid":""" + order.Oid.ToString(CultureInfo.InvariantCulture) + "}}";
    }

    private void Fill(Order order, decimal size)
    {
        order.Fill(size, rig.VenueMs);
        if (IsHealthy || random.Next(3) != 0)
        {
            In(random.Next(2_000), () => rig.Fill(order.Id, order.Oid, size));
        }
    }

    private void Tell(Order order)
    {
        (string status, decimal left, long time) = (order.Status, order.Left, order.StatusMs);
        for (int copies = random.Next(3); copies > 0; copies--)
        {
            In(random.Next(3_000), () => rig.Update(order.Id, order.Oid, status, left, time));
        }
    }

    private void In(long ms, Action action) => _later.Enqueue(action, rig.VenueMs + ms);

    /// <summary>One order as it is.</summary>
    internal sealed class Order(int id, long oid, long timeMs)
    {
        public int Id => id;

        public long Oid => oid;

        public string Status { get; private set; } = "open";

        public decimal Left { get; private set; } = 1m;

        public long StatusMs { get; private set; } = timeMs;

        public long HiddenUntilMs { get; init; }

        public List<string> Fills { get; } = [];

        public void Change(string status, long atMs) => (Status, StatusMs) = (status, atMs);

        public void Fill(decimal size, long atMs)
        {
            Left -= size;
            Change(Left == 0m ? "filled" : "open", atMs);
            Fills.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"coin":"BTC","px":"100.0","sz":"{{size}}","side":"B","time":{{atMs}},"startPosition":"0.0","dir":"Open Long","closedPnl":"0.0","hash":"0x00","oid":{{oid}},"crossed":true,"fee":"0.1","feeToken":"USDC","tid":{{oid * 100 + Fills.Count}},"cloid":"{{OrderRig.Id(id)}}"}"""
                )
            );
        }

        public string Json() => OrderRig.OrderJson(id, oid, Left);

        public string State() =>
            "{\"order\":"
            + Json()
            + ",\"status\":\""
            + Status
            + "\",\"statusTimestamp\":"
            + StatusMs.ToString(CultureInfo.InvariantCulture)
            + "}";
    }
}
