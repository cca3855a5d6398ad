using System.Runtime.InteropServices;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Network;

/// <summary>
/// The wire between processes: connections that carry bytes, and requests that are answered. Everything takes the time the latency model says,
/// everything can fail, by the rates of the plan or because a test says so, and each failure stands in the fault log. Nothing is ever called back
/// from within a call: what happens, happens in an event.
/// </summary>
public sealed partial class SimNetwork : ISimActor
{
    private const int SynKind = 0;
    private const int SynAckKind = 1;
    private const int RefusedKind = 2;
    private const int TimedOutKind = 3;
    private const int ResetKind = 4;
    private const int DropKind = 5;
    private const int HealKind = 6;

    private readonly SimSource _source;
    private readonly Dictionary<string, Listener> _listeners = new(StringComparer.Ordinal);
    private readonly Dictionary<long, SimSocket> _sockets = [];
    private readonly List<SimSocket> _live = [];
    private readonly Dictionary<(string Owner, string Address), ConnectLane> _lanes = [];
    private readonly Dictionary<(string From, string To), LatencyModel> _latencies = [];
    private readonly HashSet<SimProcess> _known = [];
    private byte[] _scratch = new byte[4096];
    private long _ids;

    /// <summary>A network among the processes of a scheduler.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="plan">What goes wrong by the seed; null for nothing. Shares work by themselves; rates per day need a <see cref="FaultInjector"/>.</param>
    /// <param name="options">Settings and bounds; null for the defaults.</param>
    public SimNetwork(VirtualScheduler scheduler, FaultPlan? plan = null, NetworkOptions? options = null)
    {
        Scheduler = scheduler;
        Plan = plan ?? FaultPlan.None;
        Plan.Check();
        Options = options ?? new NetworkOptions();
        Options.Check();
        _source = scheduler.AddSource("network", this);
        Requests = new SimRequests(this);
    }

    /// <summary>Its scheduler.</summary>
    public VirtualScheduler Scheduler { get; }

    /// <summary>What goes wrong by the seed.</summary>
    public FaultPlan Plan { get; }

    /// <summary>Whether the plan's shares are in force. Switched off, what is under way plays out and nothing new goes wrong by itself.</summary>
    public bool PlanIsActive { get; set; } = true;

    /// <summary>Settings and bounds.</summary>
    public NetworkOptions Options { get; }

    /// <summary>Requests and answers, for protocols that need no connection of their own.</summary>
    public SimRequests Requests { get; }

    /// <summary>The ends of connections that are not closed, both ends of each, in no order that means anything.</summary>
    public IReadOnlyList<SimSocket> Sockets => _live;

    /// <summary>Sets the latency from one process to another; the way back has its own.</summary>
    public void SetLatency(SimProcess from, SimProcess to, LatencyModel latency) => _latencies[(from.Name, to.Name)] = latency;

    /// <summary>Listens at an address, for as long as the process lives.</summary>
    /// <param name="owner">Who listens; it must run.</param>
    /// <param name="address">Any name, for example <c>exchange/ws</c>.</param>
    /// <param name="accept">Gives the handler of a new connection, or null to refuse it. It may send at once.</param>
    public void Listen(SimProcess owner, string address, Func<SimSocket, ISocketHandler?> accept)
    {
        Know(owner);
        if (_listeners.TryGetValue(address, out Listener? taken) && taken.IsLive)
        {
            throw new InvalidOperationException($"{taken.Owner.Name} listens at {address} already.");
        }

        _listeners[address] = new Listener(owner, owner.Starts, accept);
    }

    /// <summary>Stops listening: connects are refused from now on; connections stay.</summary>
    public void StopListening(string address) => _listeners.Remove(address);

    /// <summary>Connects. The handler hears <see cref="ISocketHandler.Opened"/> or <see cref="ISocketHandler.Closed"/>.</summary>
    /// <param name="owner">Who connects; it must run.</param>
    /// <param name="address">Where to.</param>
    /// <param name="handler">Hears what becomes of it.</param>
    public SimSocket Connect(SimProcess owner, string address, ISocketHandler handler)
    {
        Know(owner);
        ref ConnectLane? lane = ref CollectionsMarshal.GetValueRefOrAddDefault(_lanes, (owner.Name, address), out _);
        lane ??= new ConnectLane(Scheduler.Random.Fork($"connect/{owner.Name}>{address}"));
        string name = $"{owner.Name}>{address}#{++lane.Connects}";
        SimSocket client = Add(new SimSocket(this, owner, name, address, handler) { IsClient = true });
        long sentUs = Scheduler.NowUs;
        long wayUs = DistanceUs(owner, address, lane.Latency);
        FaultKind? fault = ConnectFault(client, lane);
        if (fault == FaultKind.ConnectLost)
        {
            Scheduler.Schedule(_source, sentUs + (Options.ConnectTimeoutMs * 1_000), TimedOutKind, client.Id);
        }
        else if (fault == FaultKind.ConnectRefused || _live.Count > Options.ConnectionsMax * 2)
        {
            Scheduler.Schedule(_source, sentUs + (2 * wayUs), RefusedKind, client.Id);
        }
        else
        {
            Scheduler.Schedule(_source, sentUs + wayUs, SynKind, client.Id);
            client.ConnectedUs = sentUs;
        }

        return client;
    }

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        if (kind == HealKind)
        {
            Healed();
            return;
        }

        if (!_sockets.TryGetValue(argument, out SimSocket? socket))
        {
            return;
        }

        switch (kind)
        {
            case SynKind:
                ConnectArrived(socket);
                break;
            case SynAckKind:
                ConnectAnswered(socket);
                break;
            case RefusedKind:
                End(socket, SocketClose.Refused);
                break;
            case TimedOutKind:
                End(socket, SocketClose.TimedOut);
                break;
            case ResetKind:
                ResetArrived(socket);
                break;
            default:
                End(socket, SocketClose.Reset);
                break;
        }
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) =>
        kind switch
        {
            SynKind => "connect",
            SynAckKind => "connected",
            RefusedKind => "refused",
            TimedOutKind => "connect timed out",
            ResetKind => "reset",
            DropKind => "dropped",
            _ => "heal",
        };

    internal LatencyModel LatencyOf(SimProcess from, SimProcess to) =>
        _latencies.Count > 0 && _latencies.TryGetValue((from.Name, to.Name), out LatencyModel own) ? own : Options.Latency;

    internal Span<byte> Scratch(int count)
    {
        if (count > _scratch.Length)
        {
            _scratch = new byte[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count)];
        }

        return _scratch.AsSpan(0, count);
    }

    internal void Know(SimProcess process)
    {
        if (!process.IsRunning)
        {
            throw new InvalidOperationException($"{process.Name} does not run: it has no network.");
        }

        if (_known.Add(process))
        {
            process.OnKill(kind => OwnerKilled(process, kind));
        }
    }

    internal void Close(SimSocket socket)
    {
        if (socket.State == SocketState.Closed)
        {
            return;
        }

        Remove(socket);
        socket.PeerWasTold = true;
        if (socket.Peer is not null)
        {
            socket.Outgoing.End();
        }
    }

    internal void Reset(SimSocket socket)
    {
        if (socket.State == SocketState.Closed)
        {
            return;
        }

        Remove(socket);
        if (socket.Peer is not null)
        {
            socket.Outgoing.Clear();
            SendReset(socket);
        }
    }

    /// <summary>This end gives up; the peer is not told.</summary>
    internal void EndSilently(SimSocket socket, SocketClose reason) => End(socket, reason);

    /// <summary>Bytes reached an end.</summary>
    internal void Arrived(SimSocket to, ReadOnlySpan<byte> bytes)
    {
        Scheduler.Mix(SimHash.Of(bytes));
        if (to.State == SocketState.Open)
        {
            to.Handler!.Received(to, bytes);
        }
        else if (!to.PeerWasTold)
        {
            SendReset(to);
        }
    }

    /// <summary>The close of the peer reached an end.</summary>
    internal void Ended(SimSocket to, SocketClose reason)
    {
        if (to.State != SocketState.Closed)
        {
            End(to, reason);
        }
    }

    private void ConnectArrived(SimSocket client)
    {
        long timeoutUs = client.ConnectedUs + (Options.ConnectTimeoutMs * 1_000);
        _listeners.TryGetValue(client.Address, out Listener? listener);
        if (listener is not null && (!listener.Owner.HasPower || ArePartitioned(client.Owner, listener.Owner)))
        {
            Scheduler.Schedule(_source, timeoutUs, TimedOutKind, client.Id);
            return;
        }

        long backUs = Scheduler.NowUs - client.ConnectedUs;
        if (listener is null || !listener.IsLive)
        {
            Scheduler.Schedule(_source, Scheduler.NowUs + backUs, RefusedKind, client.Id);
            return;
        }

        SimSocket server = new(this, listener.Owner, client.Name + "'", client.Address, null);
        client.Peer = server;
        server.Peer = client;
        client.Outgoing = new BytePipe(this, client, client.Name);
        server.Outgoing = new BytePipe(this, server, server.Name);
        long answeredUs = Scheduler.NowUs + server.Outgoing.DrawLatencyUs();
        server.Outgoing.NotBefore(answeredUs + 1);
        Add(server);
        server.State = SocketState.Open;
        server.Handler = listener.Accept(server);
        if (server.Handler is null)
        {
            Remove(server);
            server.Outgoing.Clear();
            Scheduler.Schedule(_source, answeredUs, RefusedKind, client.Id);
            return;
        }

        Scheduler.Schedule(_source, answeredUs, SynAckKind, client.Id);
        client.Timeout = Scheduler.Schedule(_source, Math.Max(timeoutUs, answeredUs + 1), TimedOutKind, client.Id);
    }

    private void ConnectAnswered(SimSocket client)
    {
        // In a partition the answer is lost and the connect times out; the server has a connection that nobody is at the other end of.
        if (client.State == SocketState.Connecting && !ArePartitioned(client.Owner, client.Peer!.Owner))
        {
            Scheduler.Cancel(client.Timeout);
            client.State = SocketState.Open;
            client.Handler!.Opened(client);
        }
    }

    private void SendReset(SimSocket from)
    {
        from.PeerWasTold = true;
        if (!from.Outgoing.IsLost)
        {
            Scheduler.Schedule(_source, Scheduler.NowUs + from.Outgoing.DrawLatencyUs(), ResetKind, from.Peer!.Id);
        }
    }

    private void ResetArrived(SimSocket to)
    {
        BytePipe way = to.Peer!.Outgoing;
        if (way.IsBlocked)
        {
            // Held back like everything else: the machine sends it again.
            Scheduler.Schedule(_source, Scheduler.NowUs + 1_000_000, ResetKind, to.Id, background: true);
        }
        else if (!way.IsLost)
        {
            Ended(to, SocketClose.Reset);
        }
    }

    private void OwnerKilled(SimProcess owner, KillKind kind)
    {
        // Newest first: each removal moves only what was looked at already.
        for (int i = _live.Count - 1; i >= 0; i--)
        {
            SimSocket socket = _live[i];
            if (socket.Owner == owner)
            {
                if (kind == KillKind.Process)
                {
                    Close(socket);
                }
                else
                {
                    Remove(socket);
                }
            }
        }

        Requests.OwnerKilled(owner, kind);
    }

    private SimSocket Add(SimSocket socket)
    {
        socket.Id = ++_ids;
        socket.Place = _live.Count;
        _live.Add(socket);
        _sockets.Add(socket.Id, socket);
        return socket;
    }

    private void Remove(SimSocket socket)
    {
        SimSocket last = _live[^1];
        _live[socket.Place] = last;
        last.Place = socket.Place;
        _live.RemoveAt(_live.Count - 1);
        _sockets.Remove(socket.Id);
        Scheduler.Cancel(socket.Timeout);
        socket.State = SocketState.Closed;
    }

    private void End(SimSocket socket, SocketClose reason)
    {
        Remove(socket);
        if (socket.Peer is not null)
        {
            socket.Outgoing.Clear();
        }

        socket.Handler!.Closed(socket, reason);
    }

    private long DistanceUs(SimProcess from, string address, SimRandom random) =>
        (_listeners.TryGetValue(address, out Listener? listener) ? LatencyOf(from, listener.Owner) : Options.Latency).DrawUs(
            random
        );
}
