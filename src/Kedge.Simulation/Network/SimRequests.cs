using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Network;

/// <summary>
/// Requests and answers as HTTP gives them: each has one outcome for its client, and whether it landed is another matter. Requests may overtake
/// one another. In a partition, and at a machine without power, what arrives is lost.
/// </summary>
public sealed class SimRequests : ISimActor
{
    private const int ArriveKind = 0;
    private const int TimeoutKind = 1;
    private const int AnswerKind = 2;
    private const int RefusedKind = 3;
    private const int ResetKind = 4;

    private readonly SimNetwork _network;
    private readonly VirtualScheduler _scheduler;
    private readonly SimSource _source;
    private readonly Dictionary<string, Service> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Client, string Address), RequestDice> _dice = [];
    private readonly Dictionary<string, Queue<RequestFate>> _next = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, SimRequest> _open = [];
    private long _numbers;

    internal SimRequests(SimNetwork network)
    {
        _network = network;
        _scheduler = network.Scheduler;
        _source = _scheduler.AddSource("requests", this);
    }

    /// <summary>Requests whose client waits, or that the client has given up and that have yet to land.</summary>
    public int InFlight => _open.Count;

    /// <summary>Answers to requests that the client had given up, or whose client was gone: dropped.</summary>
    public long LateAnswers { get; private set; }

    /// <summary>Serves an address, for as long as the process lives.</summary>
    /// <param name="owner">Who serves; it must run.</param>
    /// <param name="address">Any name, for example <c>exchange/http</c>.</param>
    /// <param name="serve">Takes a request and answers it, at once or later.</param>
    public void Serve(SimProcess owner, string address, Action<SimRequest> serve)
    {
        _network.Know(owner);
        if (_services.TryGetValue(address, out Service? taken) && taken.IsLive)
        {
            throw new InvalidOperationException($"{taken.Owner.Name} serves {address} already.");
        }

        _services[address] = new Service(owner, owner.Starts, serve);
    }

    /// <summary>Sends a request.</summary>
    /// <param name="client">Who asks; it must run. If it is killed it hears nothing.</param>
    /// <param name="address">Where to.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="body">The body; it is copied.</param>
    /// <param name="timeoutMs">How long the client waits, true ms.</param>
    /// <param name="completed">Hears the number and the outcome, exactly once, in an event.</param>
    /// <returns>Number of the request; 0 when as many are in flight as the options allow: it was not taken and there is no outcome.</returns>
    public long Send(
        SimProcess client,
        string address,
        string path,
        ReadOnlySpan<byte> body,
        long timeoutMs,
        Action<long, RequestOutcome> completed
    )
    {
        _network.Know(client);
        if (_open.Count >= _network.Options.RequestsMax)
        {
            return 0;
        }

        if (!_dice.TryGetValue((client.Name, address), out RequestDice? dice))
        {
            dice = new RequestDice(_scheduler.Random.Fork($"requests/{client.Name}>{address}"));
            _dice.Add((client.Name, address), dice);
        }

        RequestFate fate = Fate(address, dice);
        SimRequest request = new(this, ++_numbers, client, address, path, body.ToArray())
        {
            Completed = completed,
            Fate = fate,
            Latency = dice.Latency,
        };
        _open.Add(request.Number, request);
        long wayUs = DistanceUs(request);
        request.Timeout = _scheduler.Schedule(_source, _scheduler.NowUs + (timeoutMs * 1_000), TimeoutKind, request.Number);
        switch (fate.Kind)
        {
            case FaultKind.RequestLost:
                Log(request);
                request.IsOnItsWay = false;
                break;
            case FaultKind.RequestReset:
                Log(request);
                request.IsOnItsWay = false;
                _scheduler.Schedule(_source, _scheduler.NowUs + wayUs, ResetKind, request.Number);
                break;
            case FaultKind.RequestDelayed:
                Log(request);
                _scheduler.Schedule(_source, _scheduler.NowUs + wayUs + fate.DelayUs, ArriveKind, request.Number);
                break;
            default:
                _scheduler.Schedule(_source, _scheduler.NowUs + wayUs, ArriveKind, request.Number);
                break;
        }

        return request.Number;
    }

    /// <summary>Lets the next requests to an address meet a fault. Each is logged when it does.</summary>
    /// <param name="address">The address.</param>
    /// <param name="kind">One of the request and response faults.</param>
    /// <param name="delayMs">How late, for the two delays.</param>
    /// <param name="count">How many requests.</param>
    /// <param name="cause">Why, for the log.</param>
    public void FailNext(string address, FaultKind kind, long delayMs, int count, string cause)
    {
        if (!RequestFate.IsOfARequest(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a fault of a request.");
        }

        if (!_next.TryGetValue(address, out Queue<RequestFate>? queue))
        {
            _next.Add(address, queue = new Queue<RequestFate>());
        }

        for (int i = 0; i < count; i++)
        {
            queue.Enqueue(new RequestFate(kind, delayMs * 1_000, cause));
        }
    }

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        if (!_open.TryGetValue(argument, out SimRequest? request))
        {
            LateAnswers += kind == AnswerKind ? 1 : 0;
            return;
        }

        switch (kind)
        {
            case ArriveKind:
                Arrived(request);
                break;
            case AnswerKind:
                if (!IsCutOff(request))
                {
                    Complete(request, request.Answer);
                }

                break;
            case TimeoutKind:
                Complete(request, new RequestOutcome(RequestResult.TimedOut, 0, default));
                break;
            case RefusedKind:
                Complete(request, new RequestOutcome(RequestResult.Refused, 0, default));
                break;
            default:
                if (!IsCutOff(request))
                {
                    Complete(request, new RequestOutcome(RequestResult.Reset, 0, default));
                }

                break;
        }

        Forget(request);
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) =>
        kind switch
        {
            ArriveKind => "request",
            TimeoutKind => "request timed out",
            AnswerKind => "answer",
            RefusedKind => "request refused",
            _ => "request reset",
        };

    internal void Respond(SimRequest request, int status, ReadOnlySpan<byte> body)
    {
        if (request.Answer.Status != 0 || request.IsAborted)
        {
            throw new InvalidOperationException($"{request} was answered already.");
        }

        ArgumentOutOfRangeException.ThrowIfZero(status);
        if (!request.Server!.IsRunning || request.Server.Starts != request.ServerLife)
        {
            return;
        }

        request.Answer = new RequestOutcome(RequestResult.Answered, status, body.ToArray());
        _scheduler.Mix(SimHash.Of(body));
        if (request.ClientIsDone)
        {
            LateAnswers++;
            return;
        }

        long atUs = _scheduler.NowUs + _network.LatencyOf(request.Server, request.Client).DrawUs(request.Latency);
        switch (request.Fate.Kind)
        {
            case FaultKind.ResponseLost:
                Log(request);
                break;
            case FaultKind.ResponseReset:
                Log(request);
                _scheduler.Schedule(_source, atUs, ResetKind, request.Number);
                break;
            case FaultKind.ResponseDelayed:
                Log(request);
                _scheduler.Schedule(_source, atUs + request.Fate.DelayUs, AnswerKind, request.Number);
                break;
            default:
                _scheduler.Schedule(_source, atUs, AnswerKind, request.Number);
                break;
        }
    }

    internal void Abort(SimRequest request)
    {
        if (request.Answer.Status != 0 || request.IsAborted)
        {
            throw new InvalidOperationException($"{request} was answered already.");
        }

        if (!request.Server!.IsRunning || request.Server.Starts != request.ServerLife)
        {
            return;
        }

        request.IsAborted = true;
        if (!request.ClientIsDone)
        {
            long wayUs = _network.LatencyOf(request.Server, request.Client).DrawUs(request.Latency);
            _scheduler.Schedule(_source, _scheduler.NowUs + wayUs, ResetKind, request.Number);
        }
    }

    internal void OwnerKilled(SimProcess owner, KillKind kind)
    {
        foreach (SimRequest request in _open.Values.ToArray())
        {
            if (request.Client == owner)
            {
                request.ClientIsDone = true;
                _scheduler.Cancel(request.Timeout);
            }

            // An answer that was given is on its way; without one there never will be.
            if (
                kind == KillKind.Process
                && request.Server == owner
                && request.ServerLife == owner.Starts
                && request.Answer.Status == 0
                && !request.IsAborted
            )
            {
                long wayUs = _network.LatencyOf(owner, request.Client).DrawUs(request.Latency);
                _scheduler.Schedule(_source, _scheduler.NowUs + wayUs, ResetKind, request.Number);
            }

            Forget(request);
        }
    }

    private void Arrived(SimRequest request)
    {
        request.IsOnItsWay = false;
        _services.TryGetValue(request.Address, out Service? service);
        if (service is not null && (!service.Owner.HasPower || _network.ArePartitioned(request.Client, service.Owner)))
        {
            return;
        }

        if (service is null || !service.IsLive)
        {
            _scheduler.Schedule(_source, _scheduler.NowUs + DistanceUs(request), RefusedKind, request.Number);
            return;
        }

        request.Server = service.Owner;
        request.ServerLife = service.Life;
        _scheduler.Mix(SimHash.Of(request.Body.Span));
        service.Serve(request);
    }

    private void Complete(SimRequest request, in RequestOutcome outcome)
    {
        if (!request.ClientIsDone)
        {
            request.ClientIsDone = true;
            _scheduler.Cancel(request.Timeout);
            request.Completed(request.Number, outcome);
        }
    }

    /// <summary>Kept while the client waits and while it may land.</summary>
    private void Forget(SimRequest request)
    {
        if (request.ClientIsDone && !request.IsOnItsWay)
        {
            _open.Remove(request.Number);
        }
    }

    private bool IsCutOff(SimRequest request) =>
        !request.Client.HasPower || (request.Server is { } server && _network.ArePartitioned(request.Client, server));

    private RequestFate Fate(string address, RequestDice dice)
    {
        FaultKind? drawn = dice.Next(_network.Plan.Requests);
        if (_next.TryGetValue(address, out Queue<RequestFate>? queue) && queue.TryDequeue(out RequestFate asked))
        {
            return asked;
        }

        return !_network.PlanIsActive ? default
            : drawn is FaultKind.RequestDelayed
                ? new RequestFate(drawn, _network.Plan.Requests.RequestDelayMs.DrawUs(dice.Delay), FaultLog.Plan)
            : drawn is FaultKind.ResponseDelayed
                ? new RequestFate(drawn, _network.Plan.Requests.ResponseDelayMs.DrawUs(dice.Delay), FaultLog.Plan)
            : drawn is null ? default
            : new RequestFate(drawn, 0, FaultLog.Plan);
    }

    private void Log(SimRequest request) =>
        _scheduler.Faults.Add(
            request.Fate.Kind!.Value,
            $"{request.Client.Name}>{request.Address}{request.Path}",
            request.Fate.Cause,
            request.Number,
            _scheduler.NowUs + request.Fate.DelayUs
        );

    private long DistanceUs(SimRequest request) =>
        (
            _services.TryGetValue(request.Address, out Service? service)
                ? _network.LatencyOf(request.Client, service.Owner)
                : _network.Options.Latency
        ).DrawUs(request.Latency);

    private sealed record Service(SimProcess Owner, int Life, Action<SimRequest> Serve)
    {
        public bool IsLive => Owner.IsRunning && Owner.Starts == Life;
    }
}
