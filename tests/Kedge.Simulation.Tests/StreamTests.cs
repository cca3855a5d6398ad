using Kedge.Simulation.Faults;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.TestSupport;

namespace Kedge.Simulation.Tests;

public sealed class StreamTests
{
    public static TheoryData<FaultPlan> Plans =>
        [
            FaultPlan.None,
            new FaultPlan { Streams = new StreamFaults { SplitShare = 0.5 } },
            new FaultPlan { Streams = new StreamFaults { MergeShare = 0.5 } },
            new FaultPlan
            {
                Streams = new StreamFaults
                {
                    SplitShare = 0.4,
                    MergeShare = 0.4,
                    DelayShare = 0.2,
                },
            },
        ];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Bytes_arrive_complete_and_in_order_however_they_are_cut(FaultPlan plan)
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            World world = new(
                seed,
                plan,
                new NetworkOptions
                {
                    Latency = new LatencyModel(500, 20_000),
                    SegmentBytesMax = seed % 2 == 0 ? 7 : 1_000,
                    BytesPerSecond = seed % 3 == 0 ? 100_000 : 0,
                },
                new SchedulerOptions { ShuffleSimultaneous = true }
            );
            world.Network.Listen(world.Server, "a", world.There.Accept);
            SimSocket socket = world.Network.Connect(world.Client, "a", world.Here);
            Assert.True(world.Scheduler.RunUntil(() => world.Here.IsOpen, 1_000));
            SimRandom random = new(seed);
            (SimSocket Socket, List<byte> Sent)[] ends = [(socket, []), (world.There.Socket!, [])];
            for (int i = 0; i < 60; i++)
            {
                (SimSocket end, List<byte> sent) = ends[random.NextBetween(0, 1)];
                byte[] bytes = new byte[random.NextBetween(0, 300)];
                for (int b = 0; b < bytes.Length; b++)
                {
                    bytes[b] = (byte)random.NextBits();
                }

                Assert.Equal(SendResult.Taken, end.Send(bytes));
                sent.AddRange(bytes);
                if (random.Chance(0.5))
                {
                    world.Scheduler.RunFor(random.NextBetween(0, 15));
                }
            }

            socket.Close();
            world.Scheduler.RunUntilIdle();
            Assert.Equal(ends[0].Sent, world.There.Bytes);
            Assert.Equal(SocketClose.ByPeer, world.There.Reason);
            Assert.Null(world.Here.Reason);

            // What the server sent after the client closed is gone; what came before stands unchanged.
            Assert.Equal(ends[1].Sent.Take(world.Here.Bytes.Count), world.Here.Bytes);
            Assert.Equal(plan == FaultPlan.None, world.Faults.Count == 0);
            Assert.Empty(world.Network.Sockets);
        }
    }

    [Fact]
    public void A_connect_takes_a_round_trip_and_bytes_take_one_way()
    {
        World world = new();
        SimSocket socket = world.Open();
        Assert.Equal(20_000, world.Scheduler.NowUs);
        socket.Send([1, 2, 3]);
        world.Scheduler.RunUntilIdle();
        Assert.Equal([(30, 3)], world.There.Pieces);
        Assert.Equal(0, socket.UnacknowledgedBytes);
    }

    [Fact]
    public void A_server_may_send_as_soon_as_it_accepts()
    {
        World world = new();
        world.Network.Listen(
            world.Server,
            "a",
            socket =>
            {
                socket.Send([9]);
                return world.There;
            }
        );
        world.Network.Connect(world.Client, "a", world.Here);
        world.Scheduler.RunUntilIdle();
        Assert.Equal([9], world.Here.Bytes);
    }

    [Fact]
    public void Bandwidth_spaces_the_segments()
    {
        World world = new(
            options: new NetworkOptions
            {
                Latency = new LatencyModel(10_000, 0),
                BytesPerSecond = 1_000,
                SegmentBytesMax = 100,
            }
        );
        world.Open().Send(new byte[300]);
        world.Scheduler.RunUntilIdle();
        Assert.Equal([(130, 100), (230, 100), (330, 100)], world.There.Pieces);
    }

    [Fact]
    public void A_full_buffer_takes_nothing_and_says_so()
    {
        World world = new(options: new NetworkOptions { Latency = new LatencyModel(10_000, 0), SendBufferBytesMax = 10 });
        SimSocket socket = world.Open();
        Assert.Equal(SendResult.Taken, socket.Send(new byte[8]));
        Assert.Equal(SendResult.Full, socket.Send(new byte[3]));
        Assert.Equal(SendResult.Taken, socket.Send(new byte[2]));
        world.Scheduler.RunUntilIdle();
        Assert.Equal(10, world.There.Bytes.Count);
        Assert.Equal(SendResult.Taken, socket.Send(new byte[10]));
        socket.Close();
        Assert.Equal(SendResult.NotOpen, socket.Send([1]));
    }

    [Fact]
    public void Nobody_listening_is_a_refusal_and_so_is_a_listener_that_declines()
    {
        World world = new();
        world.Network.Listen(world.Server, "a", _ => null);
        world.Network.Connect(world.Client, "a", world.Here);
        world.Network.Connect(world.Client, "b", world.There);
        world.Scheduler.RunUntilIdle();
        Assert.Equal((SocketClose.Refused, SocketClose.Refused), (world.Here.Reason, world.There.Reason));
        Assert.Empty(world.Faults);
    }

    [Fact]
    public void A_reset_loses_what_is_on_its_way()
    {
        World world = new();
        SimSocket socket = world.Open();
        socket.Send([1]);
        world.Scheduler.RunFor(5);
        socket.Reset();
        world.Scheduler.RunUntilIdle();
        Assert.Equal((SocketClose.Reset, 0), (world.There.Reason, world.There.Bytes.Count));
        Assert.Empty(world.Faults);
    }

    [Fact]
    public void A_killed_process_has_its_sent_bytes_delivered_and_its_peers_told()
    {
        World world = new();
        world.Open().Send([1, 2]);
        world.Client.Kill(KillKind.Process, "test");
        world.Scheduler.RunUntilIdle();
        Assert.Equal([1, 2], world.There.Bytes);
        Assert.Equal(SocketClose.ByPeer, world.There.Reason);
        Assert.Null(world.Here.Reason);
        Assert.Throws<InvalidOperationException>(() => world.Network.Connect(world.Client, "server/tcp", world.Here));
    }

    [Fact]
    public void A_killed_server_refuses_until_it_listens_again()
    {
        World world = new();
        world.Server.OnStart(() => world.Network.Listen(world.Server, "server/tcp", world.There.Accept));
        world.Network.Listen(world.Server, "server/tcp", world.There.Accept);
        world.Server.Kill(KillKind.Process, "test");
        world.Network.Connect(world.Client, "server/tcp", world.Here);
        world.Scheduler.RunUntilIdle();
        Assert.Equal((SocketClose.Refused, 20), (world.Here.Reason, world.Here.ClosedAtMs));
        world.Server.Start();
        Recorder again = new(world.Scheduler);
        world.Network.Connect(world.Client, "server/tcp", again);
        world.Scheduler.RunUntilIdle();
        Assert.True(again.IsOpen);
    }

    [Fact]
    public void A_peer_of_a_machine_without_power_hears_nothing_until_it_sends_after_the_restart()
    {
        World world = new();
        SimSocket socket = world.Open();
        world.Server.Kill(KillKind.Power, "test");
        world.Network.Connect(world.Client, "server/tcp", world.There);
        socket.Send([1]);
        world.Scheduler.RunFor(30_000);
        Assert.Null(world.Here.Reason);
        Assert.Equal((SocketClose.TimedOut, 20_020), (world.There.Reason, world.There.ClosedAtMs));
        world.Server.Start();
        world.Scheduler.RunFor(1_000);
        Assert.Null(world.Here.Reason);
        socket.Send([2]);
        world.Scheduler.RunFor(20);
        Assert.Equal(SocketClose.Reset, world.Here.Reason);
    }

    [Fact]
    public void Sending_and_receiving_allocate_nothing_once_warm()
    {
        World world = new(options: new NetworkOptions { Latency = new LatencyModel(100, 50) });
        PingPong handler = new();
        world.Network.Listen(world.Server, "a", _ => handler);
        world.Network.Connect(world.Client, "a", handler);
        world.Scheduler.RunFor(1_000);
        int before = handler.Pings;
        Assert.Equal(0, Allocations.Of(() => world.Scheduler.RunFor(1_000)));
        Assert.True(handler.Pings - before > 5_000);
    }

    private sealed class PingPong : ISocketHandler
    {
        private static readonly byte[] Ping = new byte[500];

        public int Pings { get; private set; }

        public void Opened(SimSocket socket) => socket.Send(Ping);

        public void Received(SimSocket socket, ReadOnlySpan<byte> bytes)
        {
            Pings++;
            socket.Send(bytes);
        }

        public void Closed(SimSocket socket, SocketClose reason) { }
    }
}
