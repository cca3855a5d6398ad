using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;
using Kedge.Simulation.Machines;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Venues;

/// <summary>
/// A gateway as a process of the simulation: requests and WebSockets of the simulated network in, its answers out. A venue keeps its books through
/// a crash: each life begins with the state the last one ended in, but for its connections.
/// </summary>
public sealed class SimulatedVenueServer
{
    private readonly SimNetwork _network;
    private readonly int _messageBytesMax;
    private readonly Dictionary<long, SimRequest> _requests = [];
    private readonly Dictionary<long, SimSocket> _sockets = [];
    private readonly MachineHost<GatewayInput, GatewayOutput> _host;
    private byte[]? _saved;
    private long _numbers;

    /// <summary>A venue in a process that does not run yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="process">Where it runs.</param>
    /// <param name="create">Makes the gateway: from what was saved, null at the first start.</param>
    /// <param name="save">State of a gateway as bytes.</param>
    /// <param name="messageBytesMax">Longest WebSocket message of a client. A longer one ends the connection.</param>
    public SimulatedVenueServer(
        SimNetwork network,
        SimProcess process,
        Func<byte[]?, IMachine<GatewayInput, GatewayOutput>> create,
        Func<IMachine<GatewayInput, GatewayOutput>, byte[]> save,
        int messageBytesMax = 1 << 20
    )
    {
        _network = network;
        _messageBytesMax = messageBytesMax;
        Process = process;
        Names = VenueNames.Of(process.Name);

        // Before the host's own, which forgets the machine.
        process.OnKill(_ =>
        {
            _saved = save(_host!.Machine!);
            _requests.Clear();
            _sockets.Clear();
        });
        _host = new MachineHost<GatewayInput, GatewayOutput>(
            process,
            "gateway",
            () => create(_saved),
            Route,
            id => new GatewayInput.TimerFired(id)
        );
        process.OnStart(Listen);
    }

    /// <summary>Where it runs.</summary>
    public SimProcess Process { get; }

    /// <summary>Where it is found.</summary>
    public VenueNames Names { get; }

    /// <summary>The gateway of this life; null while it is down.</summary>
    public IMachine<GatewayInput, GatewayOutput>? Gateway => _host.Machine;

    /// <summary>Hears each line of the gateway's log.</summary>
    public Action<GatewayLogEntry>? Logged { get; set; }

    /// <summary>Says of a message to a client whether it is not sent; null sends all.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? IsWithheld { get; set; }

    /// <summary>Carries out an operation of the venue's operator, at once. Not from within its own effects. False when it is down.</summary>
    public bool Operate(VenueOperation operation) => _host.Deliver(new GatewayInput.Operated(operation));

    /// <summary>Does something to the gateway that is no input of it, with effects: asks for a fault, changes its plan. False when it is down.</summary>
    public bool Do(Action<IMachine<GatewayInput, GatewayOutput>, Now, IEffectSink<GatewayOutput>> work) => _host.Do(work);

    private void Listen()
    {
        _network.Requests.Serve(Process, Names.Http, Serve);
        _network.Listen(Process, Names.Socket, socket => new Peer(this, socket, ++_numbers));
    }

    private void Serve(SimRequest request)
    {
        long number = ++_numbers;
        _requests.Add(number, request);
        _host.Deliver(new GatewayInput.HttpRequested(number, request.Path, request.Body.ToArray(), request.Client.Name));
    }

    private void Route(in GatewayOutput effect, MachineHost<GatewayInput, GatewayOutput> host)
    {
        switch (effect)
        {
            case GatewayOutput.HttpResponded answer when _requests.Remove(answer.Request, out SimRequest? request):
                request.Respond(answer.Status, answer.Body.Span);
                break;
            case GatewayOutput.HttpAborted aborted when _requests.Remove(aborted.Request, out SimRequest? request):
                request.Abort();
                break;
            case GatewayOutput.SocketSend send when IsWithheld?.Invoke(send.Text) == true:
                break;
            case GatewayOutput.SocketSend send when _sockets.TryGetValue(send.Connection, out SimSocket? socket):
                Send(send.Connection, socket, send.Text.Span);
                break;
            case GatewayOutput.SocketClose close when _sockets.Remove(close.Connection, out SimSocket? socket):
                if (close.IsAbrupt)
                {
                    socket.Reset();
                }
                else
                {
                    socket.Close();
                }

                break;
            case GatewayOutput.SetTimer timer:
                host.SetTimer(timer.Id, timer.DueMonotonicMs);
                break;
            case GatewayOutput.Logged logged:
                Logged?.Invoke(logged.Entry);
                break;
            default:
                break;
        }
    }

    private void Send(long connection, SimSocket socket, ReadOnlySpan<byte> text)
    {
        // A client that does not read as much as is sent to it is cut off, as servers do.
        if (socket.Send(MessageFrames.Write(text)) == SendResult.Full)
        {
            _sockets.Remove(connection);
            socket.Reset();
            _host.Post(new GatewayInput.SocketClosed(connection));
        }
    }

    private sealed class Peer : ISocketHandler
    {
        private readonly SimulatedVenueServer _server;
        private readonly MessageFrames _frames;
        private readonly long _connection;

        public Peer(SimulatedVenueServer server, SimSocket socket, long connection)
        {
            _server = server;
            _connection = connection;
            _frames = new MessageFrames(server._messageBytesMax);
            server._sockets.Add(connection, socket);
            string caller = socket.Name[..socket.Name.IndexOf('>', StringComparison.Ordinal)];
            server._host.Deliver(new GatewayInput.SocketOpened(connection, caller));
        }

        public void Opened(SimSocket socket) { }

        public void Received(SimSocket socket, ReadOnlySpan<byte> bytes)
        {
            _frames.Add(bytes);
            while (_server._sockets.ContainsKey(_connection) && _frames.TryTake(out byte[] text))
            {
                _server._host.Deliver(new GatewayInput.SocketReceived(_connection, text));
            }

            if (_frames.IsBroken && _server._sockets.Remove(_connection))
            {
                socket.Reset();
                _server._host.Deliver(new GatewayInput.SocketClosed(_connection));
            }
        }

        public void Closed(SimSocket socket, SocketClose reason)
        {
            if (_server._sockets.Remove(_connection))
            {
                _server._host.Deliver(new GatewayInput.SocketClosed(_connection));
            }
        }
    }
}
