using Kedge.Simulation.Faults;
using Kedge.Simulation.Machines;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests;

/// <summary>An echo client and an echo server in two processes, with a wire between.</summary>
internal sealed class EchoWorld
{
    public EchoWorld(ulong seed, FaultPlan plan, bool shuffle = true)
    {
        Scheduler = new VirtualScheduler(seed, new SchedulerOptions { ShuffleSimultaneous = shuffle });
        Network = new SimNetwork(Scheduler, plan);
        Server = Scheduler.AddProcess("server", new ClockOptions { DriftPpm = -200 });
        Client = Scheduler.AddProcess("client", new ClockOptions { DriftPpm = 150, WallSkewMs = 400 });
        End server = new(this, Server, () => new EchoServer());
        End client = new(this, Client, () => new EchoClient(Saved));
        Server.OnStart(() => Network.Listen(Server, "echo", server.Accept));
        Client.OnStart(() => client.Host.Post(new EchoInput.Started()));
        Server.Start();
        Client.Start();
        Injector = new FaultInjector(Network);
    }

    public VirtualScheduler Scheduler { get; }

    public SimNetwork Network { get; }

    public SimProcess Server { get; }

    public SimProcess Client { get; }

    public FaultInjector Injector { get; }

    /// <summary>What is on the client's disk.</summary>
    public int Saved { get; private set; }

    /// <summary>Carries the effects of one machine out on the network, and the network's news to the machine.</summary>
    private sealed class End : ISocketHandler
    {
        private readonly EchoWorld _world;
        private readonly Dictionary<int, SimSocket> _sockets = [];
        private int _accepted;

        public End(EchoWorld world, SimProcess process, Func<Kedge.Model.Machines.IMachine<EchoInput, EchoEffect>> create)
        {
            _world = world;
            Host = new MachineHost<EchoInput, EchoEffect>(process, "echo", create, Route, id => new EchoInput.Timer(id));
            process.OnKill(_ => _sockets.Clear());
        }

        public MachineHost<EchoInput, EchoEffect> Host { get; }

        public End Accept(SimSocket socket)
        {
            Add(++_accepted, socket);
            Host.Deliver(new EchoInput.Opened(_accepted));
            return this;
        }

        public void Opened(SimSocket socket) => Host.Deliver(new EchoInput.Opened((int)socket.Tag!));

        public void Received(SimSocket socket, ReadOnlySpan<byte> bytes) =>
            Host.Deliver(new EchoInput.Bytes((int)socket.Tag!, bytes.ToArray()));

        public void Closed(SimSocket socket, SocketClose reason)
        {
            _sockets.Remove((int)socket.Tag!);
            Host.Deliver(new EchoInput.Closed((int)socket.Tag!, reason));
        }

        private void Add(int connection, SimSocket socket)
        {
            socket.Tag = connection;
            _sockets.Add(connection, socket);
        }

        private void Route(in EchoEffect effect, MachineHost<EchoInput, EchoEffect> host)
        {
            switch (effect)
            {
                case EchoEffect.Connect connect:
                    Add(connect.Connection, _world.Network.Connect(host.Process, "echo", this));
                    break;
                case EchoEffect.Send send when _sockets.TryGetValue(send.Connection, out SimSocket? socket):
                    socket.Send(send.Data);
                    break;
                case EchoEffect.Close close when _sockets.Remove(close.Connection, out SimSocket? socket):
                    socket.Close();
                    break;
                case EchoEffect.SetTimer timer:
                    host.SetTimer(timer.Id, timer.DueMonotonicMs);
                    break;
                case EchoEffect.CancelTimer timer:
                    host.CancelTimer(timer.Id);
                    break;
                case EchoEffect.Save save:
                    _world.Saved = save.Echoed;
                    break;
                default:
                    break;
            }
        }
    }
}
