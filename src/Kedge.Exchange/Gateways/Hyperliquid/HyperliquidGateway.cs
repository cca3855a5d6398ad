using System.Buffers;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>
/// The venue around the core, as its clients see it: <c>/info</c>, <c>/exchange</c> with its signatures, nonces and limits, and the WebSocket.
/// One machine on one thread; a driver owns sockets and clocks. Nothing that arrives makes it throw: what is wrong is counted, logged with a
/// reason, and answered as the venue does.
/// </summary>
public sealed partial class HyperliquidGateway : IMachine<GatewayInput, GatewayOutput>
{
    /// <summary>Timers below it are the gateway's own, those from it on belong to the streams.</summary>
    internal const long FirstStreamTimer = 1_000;

    private const long CoreTimer = 1;
    private const long MarketTimer = 2;

    private readonly VenueStore _store;
    private readonly IStreamHub? _streams;
    private readonly IMarketDesk? _market;
    private readonly ArrayBufferWriter<byte> _body = new(4_096);
    private readonly List<ExchangeCommand> _commands = [];
    private long _marketDueMs = -1;

    /// <summary>A gateway around a core, without recorded market.</summary>
    /// <param name="core">The exchange, new or restored; it is the gateway's from now on.</param>
    /// <param name="settings">How strict it is.</param>
    public HyperliquidGateway(ExchangeCore core, GatewaySettings settings)
        : this(core, settings, null, null) { }

    internal HyperliquidGateway(
        ExchangeCore core,
        GatewaySettings settings,
        IMarketDesk? market,
        Func<IVenueState, IStreamHub>? streams
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.WeightPerMinute, 1, nameof(settings));
        _store = new VenueStore(core, settings, market);
        _market = market;
        _streams = streams?.Invoke(_store);
        if (_streams is not null)
        {
            _store.Listener = _streams;
        }
    }

    /// <summary>The core, to be looked at between inputs.</summary>
    public ExchangeCore Core => _store.Core;

    /// <summary>Inputs and requests that were refused as malformed, not signed by anybody known, or over a limit.</summary>
    public long Refused { get; private set; }

    internal VenueStore Store => _store;

    /// <inheritdoc/>
    public void Handle(in GatewayInput input, in Now now, IEffectSink<GatewayOutput> effects)
    {
        _store.Begin(in now);
        AdvanceMarket(in now, effects);
        switch (input)
        {
            case GatewayInput.HttpRequested request:
                Respond(request, in now, effects);
                break;
            case GatewayInput.SocketOpened opened:
                if (_streams is null)
                {
                    effects.Add(new GatewayOutput.SocketClose(opened.Connection, false, "no streams here"));
                }
                else
                {
                    _streams.Opened(opened.Connection, opened.Caller, in now, effects);
                }

                break;
            case GatewayInput.SocketReceived received:
                _streams?.Received(received.Connection, received.Text, in now, effects);
                break;
            case GatewayInput.SocketClosed closed:
                _streams?.Closed(closed.Connection, in now);
                break;
            case GatewayInput.Operated operated:
                Operate(operated.Operation, effects);
                break;
            case GatewayInput.TimerFired { Id: >= FirstStreamTimer } timer:
                _streams?.TimerFired(timer.Id, in now, effects);
                break;
            default:
                break;
        }

        _streams?.Flush(in now, effects);
        if (_store.CoreDueMs >= 0)
        {
            effects.Add(new GatewayOutput.SetTimer(CoreTimer, _store.CoreDueMs));
            _store.CoreDueMs = -1;
        }
    }

    private void Respond(GatewayInput.HttpRequested request, in Now now, IEffectSink<GatewayOutput> effects)
    {
        _body.ResetWrittenCount();
        int status = request switch
        {
            _ when request.Body.Length > _store.Settings.BodyBytesMax => Text(413, "Payload too large"u8),
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

    /// <summary>Lets the market go on and the core hear of it.</summary>
    private void AdvanceMarket(in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (_market is null)
        {
            return;
        }

        _commands.Clear();
        long due = _market.Advance(_store.Core, in now, _commands);
        foreach (ExchangeCommand command in _commands)
        {
            _store.Run(in command);
        }

        if (due >= 0 && due != _marketDueMs)
        {
            effects.Add(new GatewayOutput.SetTimer(MarketTimer, due));
        }

        _marketDueMs = due;
    }
}
