using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Simulation.Machines;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Simulation.Venues;

/// <summary>
/// A session as a process of the simulation, and a venue to whoever trades on it. It carries out what the session asks for on the simulated
/// network. A kill takes the session and everything under way; the disk stays.
/// </summary>
public sealed class SimulatedVenue : IVenue
{
    private readonly SimNetwork _network;
    private readonly VenueNames _names;
    private readonly IVenueListener _listener;
    private readonly Action<IMachine<SessionInput, SessionEffect>, Now, IPriceSink> _prices;
    private readonly Dictionary<long, SimSocket> _sockets = [];
    private readonly MachineHost<SessionInput, SessionEffect> _host;
    private readonly int _messageBytesMax;
    private readonly long _diskWriteUs;

    /// <summary>A client in a process that does not run yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="process">Where it runs.</param>
    /// <param name="names">Where the venue is.</param>
    /// <param name="create">Makes the session, at every start.</param>
    /// <param name="prices">Hands the prices a session has just decoded to a sink.</param>
    /// <param name="listener">Hears everything. It may command from within.</param>
    /// <param name="capabilities">What the venue can do.</param>
    /// <param name="messageBytesMax">Longest WebSocket message. A longer one ends the connection.</param>
    /// <param name="diskWriteUs">How long a write to disk takes at least, true µs.</param>
    /// <param name="disk">What it keeps, and its crash points; null for a disk that loses nothing.</param>
    public SimulatedVenue(
        SimNetwork network,
        SimProcess process,
        VenueNames names,
        Func<IMachine<SessionInput, SessionEffect>> create,
        Action<IMachine<SessionInput, SessionEffect>, Now, IPriceSink> prices,
        IVenueListener listener,
        VenueCapabilities capabilities,
        int messageBytesMax = 16 << 20,
        long diskWriteUs = 2_000,
        VenueDisk? disk = null
    )
    {
        Disk = disk ?? new VenueDisk();
        _network = network;
        _names = names;
        _prices = prices;
        _listener = listener;
        _messageBytesMax = messageBytesMax;
        _diskWriteUs = diskWriteUs;
        Process = process;
        Capabilities = capabilities;
        process.OnKill(_ => _sockets.Clear());
        _host = new MachineHost<SessionInput, SessionEffect>(
            process,
            "session",
            create,
            Route,
            id => new SessionInput.TimerFired(id)
        );
        process.OnStart(() =>
        {
            Disk.Open();
            _host.Post(new SessionInput.Started(Disk.Cursor, Disk.NonceFloor));
        });
    }

    /// <inheritdoc/>
    public string Name => "hyperliquid";

    /// <inheritdoc/>
    public VenueCapabilities Capabilities { get; }

    /// <summary>Where it runs.</summary>
    public SimProcess Process { get; }

    /// <summary>What survives a kill.</summary>
    public VenueDisk Disk { get; }

    /// <summary>The session of this life; null while it is down.</summary>
    public IMachine<SessionInput, SessionEffect>? Session => _host.Machine;

    /// <summary>Hears the path and body of every request, in the moment it is sent.</summary>
    public Action<string, ReadOnlyMemory<byte>>? Requested { get; set; }

    /// <summary>Takes a command. It is lost when the process is down, as is everything a dead program wanted.</summary>
    public void Send(VenueCommand command) => _host.Post(new SessionInput.Commanded(command));

    private void Route(in SessionEffect effect, MachineHost<SessionInput, SessionEffect> host)
    {
        switch (effect)
        {
            case SessionEffect.SendHttp http:
                Outside("http", http.Body, () => SendHttp(http));
                break;
            case SessionEffect.OpenSocket open:
                Outside("socket.open", default, () => Open(open.Connection));
                break;
            case SessionEffect.SendSocket send when _sockets.TryGetValue(send.Connection, out SimSocket? socket):
                Outside("socket", send.Text, () => SendSocket(send, socket));
                break;
            case SessionEffect.CloseSocket close when _sockets.Remove(close.Connection, out SimSocket? socket):
                Outside("socket.close", default, socket.Close);
                break;
            case SessionEffect.SetTimer timer:
                host.SetTimer(timer.Id, timer.DueMonotonicMs);
                break;
            case SessionEffect.SaveNonceBlock block:
                // One that is not saved is asked for again.
                if (Disk.TrySave(block.UpTo, out long tookUs))
                {
                    host.Post(new SessionInput.NonceBlockSaved(block.UpTo), Math.Max(_diskWriteUs, tookUs));
                }

                break;
            case SessionEffect.Emit emit:
                _listener.On(emit.Event);
                break;
            case SessionEffect.Prices:
                _prices(host.Machine!, Process.Now, _listener);
                break;
            default:
                break;
        }
    }

    /// <summary>A call to the outside, which is a crash point where there are any.</summary>
    private void Outside(string call, ReadOnlyMemory<byte> body, Action action)
    {
        if (Disk.Points is not { } points)
        {
            action();
            return;
        }

        string what = body.IsEmpty ? call : $"{call}.{CallNames.Of(body.Span)}";
        points.Call($"{Disk.Owner}.{what}", action);
    }

    private void Open(long connection) =>
        _sockets.Add(connection, _network.Connect(Process, _names.Socket, new Connection(this, connection)));

    private void SendSocket(SessionEffect.SendSocket send, SimSocket socket)
    {
        if (socket.Send(MessageFrames.Write(send.Text.Span)) == SendResult.Full)
        {
            _sockets.Remove(send.Connection);
            socket.Reset();
            _host.Post(new SessionInput.SocketClosed(send.Connection, "the send buffer is full"));
        }
    }

    private void SendHttp(SessionEffect.SendHttp http)
    {
        Requested?.Invoke(http.Path, http.Body);
        long number = _network.Requests.Send(
            Process,
            _names.Http,
            http.Path,
            http.Body.Span,
            http.TimeoutMs,
            (_, outcome) => _host.Deliver(Answer(http.Request, outcome))
        );
        if (number == 0)
        {
            _host.Post(new SessionInput.HttpFailed(http.Request, WasSent: false, "too many requests in flight"));
        }
    }

    private static SessionInput Answer(long request, in RequestOutcome outcome) =>
        outcome.Result switch
        {
            RequestResult.Answered => new SessionInput.HttpAnswered(request, outcome.Status, outcome.Body),
            RequestResult.Refused => new SessionInput.HttpFailed(request, WasSent: false, "refused"),
            RequestResult.Reset => new SessionInput.HttpFailed(request, WasSent: true, "reset"),
            _ => new SessionInput.HttpFailed(request, WasSent: true, "timed out"),
        };

    private sealed class Connection(SimulatedVenue venue, long number) : ISocketHandler
    {
        private readonly MessageFrames _frames = new(venue._messageBytesMax);

        public void Opened(SimSocket socket)
        {
            if (venue._sockets.ContainsKey(number))
            {
                venue._host.Deliver(new SessionInput.SocketOpened(number));
            }
        }

        public void Received(SimSocket socket, ReadOnlySpan<byte> bytes)
        {
            _frames.Add(bytes);
            while (venue._sockets.ContainsKey(number) && _frames.TryTake(out byte[] text))
            {
                venue._host.Deliver(new SessionInput.SocketReceived(number, text));
            }

            if (_frames.IsBroken && venue._sockets.Remove(number))
            {
                socket.Reset();
                venue._host.Deliver(new SessionInput.SocketClosed(number, "a message is longer than allowed"));
            }
        }

        public void Closed(SimSocket socket, SocketClose reason)
        {
            if (venue._sockets.Remove(number))
            {
                venue._host.Deliver(new SessionInput.SocketClosed(number, reason.ToString()));
            }
        }
    }
}
