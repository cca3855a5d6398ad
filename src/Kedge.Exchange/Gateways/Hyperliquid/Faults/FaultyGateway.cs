using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>
/// Stands between a venue and its drivers and makes things go wrong, by a plan or on request. The venue behind it stays right: faults on the wire
/// only hide or delay what is true there, and what an operator does (liquidation, delisting, …) is done by the venue itself. Every fault is told as
/// <see cref="GatewayOutput.Logged"/> with a code that begins with <c>fault.</c>. The same inputs, plan and requests give the same bytes.
/// </summary>
public sealed partial class FaultyGateway : IMachine<GatewayInput, GatewayOutput>
{
    /// <summary>The timer of this machine; the one inside must not use it.</summary>
    public const long TimerId = long.MinValue;

    /// <summary>Things that are held at most, stalled sockets apart; beyond it nothing more is held, and that fault does not happen.</summary>
    private const int HeldMax = 65_536;

    /// <summary>What was asked for and finds no target is tried again after this time.</summary>
    private const long RetryMs = 100;

    private readonly IMachine<GatewayInput, GatewayOutput> _inner;
    private readonly IFaultTargets? _targets;
    private readonly FaultDice _dice;
    private readonly FaultJournal _journal = new();
    private readonly PriorityQueue<HeldItem, (long DueMs, long Order)> _held = new();
    private readonly Queue<GatewayInput> _toInner = [];
    private readonly Outputs _fromInner = new();
    private IEffectSink<GatewayOutput> _effects = new Outputs();
    private Now _now;
    private bool _isOpen;
    private bool _isPumping;
    private long _order;
    private long _armedMs = long.MaxValue;
    private long _retryMs;
    private long _clockMs;
    private bool _isClockHeld;

    /// <summary>Puts faults before a venue.</summary>
    /// <param name="inner">The venue. From now on all its inputs come through here.</param>
    /// <param name="plan">What goes wrong by itself.</param>
    /// <param name="targets">Whom the operator's faults hit; null when there shall be none.</param>
    /// <param name="clockMs">
    /// How far the venue's clock is from the true time already, milliseconds: a venue that was saved while its clock was stepped has that step in its
    /// state. It is set back after a time drawn.
    /// </param>
    /// <exception cref="ArgumentException">The plan cannot be carried out.</exception>
    public FaultyGateway(
        IMachine<GatewayInput, GatewayOutput> inner,
        ExchangeFaultPlan plan,
        IFaultTargets? targets,
        long clockMs = 0
    )
    {
        if (plan.Check() is string wrong)
        {
            throw new ArgumentException(wrong, nameof(plan));
        }

        _inner = inner;
        _targets = targets;
        Plan = plan;
        _dice = new FaultDice(plan);
        _clockMs = clockMs;
        _isClockHeld = clockMs == 0;
    }

    private sealed class Outputs : IEffectSink<GatewayOutput>
    {
        public Queue<GatewayOutput> Queue { get; } = [];

        public void Add(in GatewayOutput effect) => Queue.Enqueue(effect);
    }

    /// <summary>The plan in force.</summary>
    public ExchangeFaultPlan Plan { get; private set; }

    /// <summary>Whether nothing is held back, no shot waits, no burst runs and no socket is stalled or half open.</summary>
    public bool IsQuiet =>
        _dice.Shots == 0
        && _held.Count == 0
        && _missing.Values.All(untilMs => untilMs <= _now.MonotonicMs)
        && _late.Values.All(untilMs => untilMs <= _now.MonotonicMs)
        && _limitedUntilMs <= _now.MonotonicMs
        && _failingUntilMs <= _now.MonotonicMs
        && _sockets.Values.All(socket => socket is { IsHalfOpen: false, StallsIn: 0, StallsOut: 0 });

    /// <summary>How often a kind of fault has happened.</summary>
    public long Count(FaultKind kind) => _journal.Count(kind);

    /// <inheritdoc/>
    public void Handle(in GatewayInput input, in Now now, IEffectSink<GatewayOutput> effects)
    {
        Begin(in now, effects);
        switch (input)
        {
            case GatewayInput.TimerFired { Id: TimerId }:
                _armedMs = long.MaxValue;
                break;
            case GatewayInput.HttpRequested request:
                Request(request);
                break;
            case GatewayInput.SocketOpened opened:
                _sockets[opened.Connection] = new FaultySocket(opened.Connection, opened.Caller);
                Forward(opened);
                break;
            case GatewayInput.SocketReceived received:
                Receive(received);
                break;
            case GatewayInput.SocketClosed closed:
                CloseByClient(closed);
                break;
            default:
                Forward(input);
                break;
        }

        End();
    }

    /// <summary>Takes another plan; its window begins now. What is held stays held.</summary>
    /// <exception cref="ArgumentException">The plan cannot be carried out.</exception>
    public void Change(ExchangeFaultPlan plan, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (plan.Check() is string wrong)
        {
            throw new ArgumentException(wrong, nameof(plan));
        }

        Plan = plan;
        _dice.Take(plan);
        _isOpen = false;
        Begin(in now, effects);
        End();
    }

    /// <summary>Asks for a fault. False when the shot is wrong in itself or too many wait.</summary>
    public bool Inject(FaultShot shot, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (shot.Check() is not null || !_dice.Add(shot))
        {
            return false;
        }

        _retryMs = 0;
        Begin(in now, effects);
        End();
        return true;
    }

    /// <summary>
    /// Ends all faults: no plan, no waiting shots, everything held let go in order, bursts over, candles and histories served, half-open sockets reset, the clock
    /// set back. Shots asked for later still happen.
    /// </summary>
    public void Stop(in Now now, IEffectSink<GatewayOutput> effects)
    {
        Begin(in now, effects);
        Quieten();
        End();
    }

    private void Begin(in Now now, IEffectSink<GatewayOutput> effects)
    {
        _now = now;
        _effects = effects;
        if (!_isOpen)
        {
            _isOpen = true;
            _dice.Open(Plan, now.MonotonicMs);
        }

        if (!_isClockHeld)
        {
            _isClockHeld = true;
            Hold(StepBack(_clockMs), _dice.Lasts(FaultKind.ClockStepped));
        }

        while (_held.TryPeek(out HeldItem? item, out (long DueMs, long Order) at) && at.DueMs <= now.MonotonicMs)
        {
            _held.Dequeue();
            Release(item);
        }

        if (now.MonotonicMs >= _dice.Window.UntilMs)
        {
            Quieten();
        }

        Operate();
    }

    private void End()
    {
        Operate();
        Pump();
        long due = Math.Min(_dice.NextDueMs, _dice.Window.UntilMs);
        if (_held.TryPeek(out _, out (long DueMs, long Order) at))
        {
            due = Math.Min(due, at.DueMs);
        }

        if (due < _armedMs)
        {
            _armedMs = due;
            _effects.Add(new GatewayOutput.SetTimer(TimerId, due));
        }
    }

    private void Quieten()
    {
        _dice.Stop();
        _limitedUntilMs = _failingUntilMs = 0;
        _missing.Clear();
        _late.Clear();
        while (_held.TryDequeue(out HeldItem? item, out _))
        {
            Release(item);
        }

        foreach (FaultySocket socket in _sockets.Values.Where(socket => socket.IsHalfOpen).ToList())
        {
            socket.IsHalfOpen = false;
            End(socket, "the network is back");
        }

        Pump();
    }

    private void Release(HeldItem item)
    {
        if (item.IsDone || item.Socket is { IsGone: true })
        {
            return;
        }

        item.IsDone = true;
        if (item.Input is GatewayInput input)
        {
            if (input is GatewayInput.Operated { Operation: VenueOperation.StepClock back })
            {
                _clockMs += back.ByMs;
            }

            Forward(input);
        }

        if (item.Output is GatewayOutput output)
        {
            Deliver(item.Socket, output);
        }

        if (item is { Input: null, Output: null, Socket: FaultySocket socket })
        {
            EndStall(socket, item);
        }
    }

    /// <summary>Holds something back. False when too much is held.</summary>
    private bool Hold(HeldItem item, long forMs)
    {
        if (_held.Count >= HeldMax)
        {
            return false;
        }

        _held.Enqueue(item, (_now.MonotonicMs + forMs, _order++));
        return true;
    }

    /// <summary>Gives an input to the venue and brings out what it says.</summary>
    private void Forward(GatewayInput input)
    {
        _toInner.Enqueue(input);
        Pump();
    }

    /// <summary>Never calls the venue from within itself: what its outputs cause waits its turn.</summary>
    private void Pump()
    {
        if (_isPumping)
        {
            return;
        }

        _isPumping = true;
        while (_toInner.TryDequeue(out GatewayInput? input))
        {
            _inner.Handle(in input, in _now, _fromInner);
            while (_fromInner.Queue.TryDequeue(out GatewayOutput? output))
            {
                Take(output);
            }
        }

        _isPumping = false;
    }

    private void Take(GatewayOutput output)
    {
        switch (output)
        {
            case GatewayOutput.HttpResponded responded:
                Answer(responded);
                break;
            case GatewayOutput.HttpAborted aborted when _unheard.Remove(aborted.Request):
                break;
            case GatewayOutput.HttpAborted aborted:
                _watched.Remove(aborted.Request);
                _effects.Add(aborted);
                break;
            case GatewayOutput.SocketSend send:
                Send(send);
                break;
            case GatewayOutput.SocketClose close:
                CloseByVenue(close);
                break;
            default:
                _effects.Add(in output);
                break;
        }
    }

    private void Log(FaultKind kind, string subject, string detail) =>
        _effects.Add(new GatewayOutput.Logged(_journal.Add(kind, _now.WallMs, subject, detail)));
}
