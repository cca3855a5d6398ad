using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests.Faults;

/// <summary>A tiny venue behind faults, one client, a clock, and a driver that fires timers when they are due.</summary>
internal sealed class FaultRig : IEffectSink<GatewayOutput>
{
    public const long WallMs = 1_700_000_000_000;

    private long _timerMs = long.MaxValue;
    private long _requests;

    public FaultRig(ExchangeFaultPlan? plan = null, long clockMs = 0)
    {
        Gateway = new FaultyGateway(Venue, plan ?? ExchangeFaultPlan.None, Targets, clockMs);
        Open(1);
    }

    public TinyVenue Venue { get; } = new();

    public FixedTargets Targets { get; } = new();

    public FaultyGateway Gateway { get; }

    public long NowMs { get; private set; }

    public Now Now => new(NowMs, WallMs + NowMs);

    /// <summary>All that came out but timers, with its moment.</summary>
    public List<(long Ms, GatewayOutput Output)> Outputs { get; } = [];

    public IEnumerable<GatewayLogEntry> Log => Outputs.Select(o => o.Output).OfType<GatewayOutput.Logged>().Select(o => o.Entry);

    /// <summary>Frames the client got, with their moments.</summary>
    public List<(long Ms, string Text)> Frames =>
        [
            .. Outputs
                .Where(o => o.Output is GatewayOutput.SocketSend)
                .Select(o => (o.Ms, Encoding.UTF8.GetString(((GatewayOutput.SocketSend)o.Output).Text.Span))),
        ];

    public IEnumerable<GatewayOutput.HttpResponded> Answers =>
        Outputs.Select(o => o.Output).OfType<GatewayOutput.HttpResponded>();

    public IEnumerable<GatewayOutput.HttpAborted> Aborts => Outputs.Select(o => o.Output).OfType<GatewayOutput.HttpAborted>();

    public static string Fills(int id, bool isSnapshot = false) =>
        """{"channel":"userFills","data":{"user":"0x1",SNAP"fills":[{"tid":ID,"oid":ID0}]}}"""
            .Replace("SNAP", isSnapshot ? "\"isSnapshot\":true," : "", StringComparison.Ordinal)
            .Replace("ID", Text(id), StringComparison.Ordinal);

    public static string Updates(int id) =>
        """{"channel":"orderUpdates","data":[{"order":{"oid":ID},"status":"open"}]}""".Replace(
            "ID",
            Text(id),
            StringComparison.Ordinal
        );

    public static string Candle(long openMs) =>
        """{"channel":"candle","data":{"t":AT,"s":"BTC","i":"1m","c":"1.0"}}""".Replace(
            "AT",
            Text(openMs),
            StringComparison.Ordinal
        );

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public void Add(in GatewayOutput effect)
    {
        if (effect is GatewayOutput.SetTimer { Id: FaultyGateway.TimerId } timer)
        {
            _timerMs = timer.DueMonotonicMs;
            return;
        }

        Outputs.Add((NowMs, effect));
    }

    public void Open(long connection) => Send(new GatewayInput.SocketOpened(connection, "10.0.0.1"));

    /// <summary>The client sends a text, which the venue sends back.</summary>
    public void Echo(string text, long connection = 1) =>
        Send(new GatewayInput.SocketReceived(connection, Encoding.UTF8.GetBytes(text)));

    public long Act(long nonce = 1) =>
        Request("/exchange", $$"""{"action":{"type":"order","orders":[{"c":"0xabc"}]},"nonce":{{nonce}}}""");

    public long Request(string path, string body)
    {
        Send(new GatewayInput.HttpRequested(++_requests, path, Encoding.UTF8.GetBytes(body), "10.0.0.1"));
        return _requests;
    }

    public void Send(GatewayInput input) => Gateway.Handle(in input, Now, this);

    public bool Inject(FaultKind kind, int count = 1, string? match = null, long? lastsMs = null) =>
        Gateway.Inject(new FaultShot(kind, count, match, lastsMs), Now, this);

    public void Stop() => Gateway.Stop(Now, this);

    /// <summary>Lets time pass; timers fire at their moments.</summary>
    public void Wait(long ms)
    {
        long until = NowMs + ms;
        while (_timerMs <= until)
        {
            NowMs = Math.Max(NowMs, _timerMs);
            _timerMs = long.MaxValue;
            Send(new GatewayInput.TimerFired(FaultyGateway.TimerId));
        }

        NowMs = until;
    }

    /// <summary>All that came out, as one text.</summary>
    public string Transcript()
    {
        StringBuilder text = new();
        foreach ((long ms, GatewayOutput output) in Outputs)
        {
            string line = output switch
            {
                GatewayOutput.SocketSend o => $"send {o.Connection} {Encoding.UTF8.GetString(o.Text.Span)}",
                GatewayOutput.HttpResponded o => $"answer {o.Request} {o.Status} {Encoding.UTF8.GetString(o.Body.Span)}",
                _ => output.ToString(),
            };
            text.Append(ms).Append(' ').AppendLine(line);
        }

        return text.ToString();
    }
}
