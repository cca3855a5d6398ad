using System.Buffers;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Exchange.Gateways.Hyperliquid.Streams;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>
/// The venue around the core, as its clients see it: <c>/info</c>, <c>/exchange</c> with its signatures, nonces and limits, and the WebSocket.
/// One machine on one thread; a driver owns sockets and clocks. Nothing that arrives makes it throw: what is wrong is counted, logged with a
/// reason, and answered as the venue does.
/// </summary>
public sealed partial class HyperliquidGateway : IMachine<GatewayInput, GatewayOutput>
{
    private const long CoreTimer = 1;
    private const long MarketTimer = 2;
    private const long StreamTimer = 3;

    private readonly VenueStore _store;
    private readonly StreamHub _streams;
    private readonly GatewaySettings _settings;
    private readonly ArrayBufferWriter<byte> _body = new(4_096);
    private long _marketDueMs = long.MaxValue;

    /// <summary>A gateway around a core.</summary>
    /// <param name="core">The exchange, new or restored; it is the gateway's from now on.</param>
    /// <param name="settings">How strict it is.</param>
    /// <param name="market">What moves prices; null when only the operator does.</param>
    public HyperliquidGateway(ExchangeCore core, GatewaySettings settings, GatewayMarket? market = null)
    {
        _settings = settings;
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.WeightPerMinute, 1, nameof(settings));
        CandleStore candles = new(core.Settings.Instruments.Count);
        MarketPlayer? player = market is null
            ? null
            : new MarketPlayer(core.Settings, market.Series, market.Settings, candles, market.StartMs);
        _store = new VenueStore(core, settings, candles, player);
        _streams = new StreamHub(_store, settings.Streams, settings.Seed, StreamTimer);
        _store.Listener = _streams;
        candles.Listener = _streams;
    }

    /// <summary>The core, to be looked at between inputs.</summary>
    public ExchangeCore Core => _store.Core;

    /// <summary>Inputs and requests that were refused as malformed, not signed by anybody known, or over a limit.</summary>
    public long Refused { get; private set; }

    /// <summary>Request weight that all callers together have taken since the gateway was made.</summary>
    public long WeightTaken => _store.Weights.Taken;

    internal VenueStore Store => _store;

    /// <inheritdoc/>
    public void Handle(in GatewayInput input, in Now now, IEffectSink<GatewayOutput> effects)
    {
        AdvanceMarket(in now);
        _store.Begin(in now);
        switch (input)
        {
            case GatewayInput.HttpRequested request:
                Respond(request, in now, effects);
                break;
            case GatewayInput.SocketOpened opened:
                _streams.Opened(opened.Connection, opened.Caller, in now, effects);
                break;
            case GatewayInput.SocketReceived received:
                _streams.Received(received.Connection, received.Text, in now, effects);
                break;
            case GatewayInput.SocketClosed closed:
                _streams.Closed(closed.Connection);
                break;
            case GatewayInput.Operated operated:
                Operate(operated.Operation, effects);
                break;
            case GatewayInput.TimerFired { Id: StreamTimer }:
                _streams.TimerFired(in now, effects);
                break;
            default:
                break;
        }

        _streams.Flush(in now, effects);
        SetTimers(in now, effects);
    }

    private void Respond(GatewayInput.HttpRequested request, in Now now, IEffectSink<GatewayOutput> effects)
    {
        _body.ResetWrittenCount();
        int status = request switch
        {
            _ when request.Body.Length > _settings.BodyBytesMax => Text(413, "Payload too large"u8),
            { Path: "/info" } => _store.Info(request.Body, _body, request.Caller),
            { Path: "/exchange" } => _store.Action(request.Body, _body, request.Caller, in now, effects),
            _ => Text(404, "Not found"u8),
        };
        if (status != 200)
        {
            Refused++;
            string code = status switch
            {
                429 => "weight",
                422 => "malformed",
                _ => "path",
            };
            effects.Add(
                new GatewayOutput.Logged(
                    new GatewayLogEntry(
                        now.WallMs,
                        code,
                        request.Caller,
                        $"{request.Path} {status} {System.Text.Encoding.UTF8.GetString(_body.WrittenSpan)}"
                    )
                )
            );
        }

        effects.Add(new GatewayOutput.HttpResponded(request.Request, status, status == 200, _body.WrittenSpan.ToArray()));
    }

    private int Text(int status, ReadOnlySpan<byte> text)
    {
        _body.Write(text);
        return status;
    }

    /// <summary>Lets the market go on up to now; the core hears of every step at the step's own moment.</summary>
    private void AdvanceMarket(in Now now)
    {
        if (_store.Player is not MarketPlayer player)
        {
            return;
        }

        while (player.TryNext(_store.Core, now.WallMs, out MarketStep step))
        {
            _store.Begin(new Now(now.MonotonicMs - Math.Max(0, now.WallMs - step.TimeMs), step.TimeMs));
            foreach (ExchangeCommand command in step.Commands.Span)
            {
                _store.Run(in command);
            }
        }
    }

    private void SetTimers(in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (_store.CoreDueMs >= 0)
        {
            effects.Add(new GatewayOutput.SetTimer(CoreTimer, _store.CoreDueMs));
            _store.CoreDueMs = -1;
        }

        long due = _store.Player?.DueMs ?? long.MaxValue;
        if (due != _marketDueMs && due != long.MaxValue)
        {
            effects.Add(new GatewayOutput.SetTimer(MarketTimer, now.MonotonicMs + Math.Max(0, due - now.WallMs)));
        }

        _marketDueMs = due;
    }
}
