using System.Text;
using System.Text.Json.Nodes;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Gateways.Hyperliquid.Streams;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests.Streams;

/// <summary>A hub over a rig. Every call is one input: what it causes is flushed, and what was sent is kept.</summary>
internal sealed class StreamRig : IEffectSink<GatewayOutput>
{
    public const string AliceAddress = "0x0000000000000000000000000000000000000001";
    public const long Timer = 7;

    private readonly List<GatewayOutput> _outputs = [];

    public StreamRig(StreamSettings? settings = null, ulong seed = 1)
    {
        Rig = new Rig();
        Venue = new TestVenue(Rig);
        Hub = new StreamHub(Venue, settings ?? new StreamSettings(), seed, Timer);
        Venue.Candles.Listener = Hub;
    }

    public Rig Rig { get; }

    public TestVenue Venue { get; }

    public StreamHub Hub { get; }

    public long TimerMs { get; private set; } = long.MaxValue;

    public List<GatewayLogEntry> Logged { get; } = [];

    public List<GatewayOutput.SocketClose> Closes { get; } = [];

    public void Add(in GatewayOutput effect)
    {
        _outputs.Add(effect);
        switch (effect)
        {
            case GatewayOutput.SetTimer timer:
                Assert.Equal(Timer, timer.Id);
                TimerMs = timer.DueMonotonicMs;
                break;
            case GatewayOutput.Logged log:
                Logged.Add(log.Entry);
                break;
            case GatewayOutput.SocketClose close:
                Closes.Add(close);
                break;
            default:
                break;
        }
    }

    public void Open(long connection, string caller = "c") => Input((in Now now) => Hub.Opened(connection, caller, in now, this));

    public List<(long Connection, JsonObject Message)> Say(long connection, string text) =>
        SayBytes(connection, Encoding.UTF8.GetBytes(text));

    public List<(long Connection, JsonObject Message)> SayBytes(long connection, ReadOnlyMemory<byte> text) =>
        Input((in Now now) => Hub.Received(connection, text, in now, this));

    /// <summary>Subscribes and returns the messages after the acknowledgement.</summary>
    public List<JsonObject> Subscribe(long connection, string subscription)
    {
        List<JsonObject> said = [.. Say(connection, Subscribing(subscription)).Select(sent => sent.Message)];
        Assert.Equal("subscriptionResponse", (string?)said[0]["channel"]);
        return said[1..];
    }

    public static string Subscribing(string subscription) => $$"""{"method":"subscribe","subscription":{{subscription}}}""";

    /// <summary>A command of the core, and its events as the gateway's store tells them.</summary>
    public List<JsonObject> Do(params ExchangeCommand[] commands) =>
        [
            .. Input(
                    (in Now now) =>
                    {
                        foreach (ExchangeCommand command in commands)
                        {
                            foreach (ExchangeEvent told in Rig.Send(in command))
                            {
                                Tell(told);
                            }
                        }
                    }
                )
                .Select(sent => sent.Message),
        ];

    public List<JsonObject> Tell(Action<IVenueListener> what) =>
        [.. Input((in Now now) => what(Hub)).Select(sent => sent.Message)];

    /// <summary>Time passes; the timer fires when it is due.</summary>
    public List<JsonObject> Wait(long ms)
    {
        List<JsonObject> all = [];
        long until = Rig.NowMs + ms;
        while (TimerMs <= until - Rig.StartMs)
        {
            Rig.NowMs = Math.Max(Rig.NowMs, TimerMs + Rig.StartMs);
            TimerMs = long.MaxValue;
            all.AddRange(Input((in Now now) => Hub.TimerFired(in now, this)).Select(sent => sent.Message));
        }

        Rig.NowMs = until;
        return all;
    }

    private delegate void Step(in Now now);

    private List<(long Connection, JsonObject Message)> Input(Step step)
    {
        _outputs.Clear();
        Now now = new(Rig.NowMs - Rig.StartMs, Rig.NowMs);
        step(in now);
        Hub.Flush(in now, this);
        return
        [
            .. _outputs
                .OfType<GatewayOutput.SocketSend>()
                .Select(sent => (sent.Connection, JsonNode.Parse(sent.Text.Span)!.AsObject())),
        ];
    }

    private void Tell(in ExchangeEvent told)
    {
        switch (told.Kind)
        {
            case EventKind.Fill:
                FillRecord fill = new(
                    told.Account,
                    told.Symbol,
                    told.Side,
                    told.Price,
                    told.Size,
                    told.TimeMs,
                    told.StartPosition,
                    told.ClosedPnl,
                    told.Fee,
                    told.OrderId,
                    told.Cloid,
                    told.TradeId,
                    told.IsTaker,
                    0,
                    false,
                    -1
                );
                Venue.AllFills.Add(fill);
                Hub.Filled(fill);
                Hub.AccountTouched(told.Account);
                break;
            case EventKind.Trade:
                TradeRecord trade = new(
                    told.Symbol,
                    told.Side,
                    told.Price,
                    told.Size,
                    told.TimeMs,
                    told.TradeId,
                    told.Account,
                    told.Other
                );
                Venue.AllTrades.Add(trade);
                Hub.Traded(trade);
                Venue.Candles.Trade(told.Symbol, told.TimeMs, told.Price, told.Size);
                break;
            case EventKind.OrderUpdate:
                OrderRequest request = new(told.Symbol, told.Side, told.Price, told.OriginalSize, Cloid: told.Cloid);
                Hub.OrderChanged(
                    new OrderRecord(
                        told.Account,
                        told.OrderId,
                        request,
                        told.Size,
                        told.Status,
                        told.TimeMs,
                        told.TimeMs,
                        false,
                        0
                    )
                );
                Hub.BookTouched(told.Symbol);
                Hub.AccountTouched(told.Account);
                break;
            case EventKind.PriceChanged:
                Hub.PriceTouched(told.Symbol);
                break;
            case EventKind.Transfer when told.Account == 0:
                LedgerRecord entry = new(told.Other, told.TimeMs, "deposit", told.Amount, -1);
                Venue.AllLedger.Add(entry);
                Hub.LedgerMoved(entry);
                Hub.AccountTouched(told.Other);
                break;
            default:
                break;
        }
    }
}
