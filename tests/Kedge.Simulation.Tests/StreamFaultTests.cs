using Kedge.Simulation.Faults;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests;

/// <summary>Each fault does what it says and nothing else, and stands in the log.</summary>
public sealed class StreamFaultTests
{
    private const string Name = "client>server/tcp#1";

    [Fact]
    public void A_drop_resets_both_ends_and_loses_what_is_on_its_way()
    {
        World world = new();
        SimSocket socket = world.Open();
        socket.Send([1]);
        world.There.Socket!.Send([2]);
        world.Network.Drop(socket, "test");
        Assert.Equal(SendResult.Taken, socket.Send([3]));
        world.Scheduler.RunUntilIdle();
        Assert.Equal((SocketClose.Reset, SocketClose.Reset), (world.Here.Reason, world.There.Reason));
        Assert.Empty(world.Here.Bytes);
        Assert.Empty(world.There.Bytes);
        world.OnlyFault(FaultKind.ConnectionDropped, Name, "test");
        Assert.Empty(world.Network.Sockets);
    }

    [Theory]
    [InlineData(SocketDirections.Outgoing, 0, 1)]
    [InlineData(SocketDirections.Incoming, 1, 0)]
    [InlineData(SocketDirections.Both, 0, 0)]
    public void A_half_open_connection_loses_its_directions_silently(SocketDirections directions, int there, int here)
    {
        World world = new();
        SimSocket socket = world.Open();
        world.Network.HalfOpen(socket, directions, "test");
        socket.Send([1]);
        world.There.Socket!.Send([2]);
        world.Scheduler.RunFor(60_000);
        Assert.Equal((there, here), (world.There.Bytes.Count, world.Here.Bytes.Count));
        Assert.Null(world.Here.Reason);
        Assert.Null(world.There.Reason);
        InjectedFault fault = world.OnlyFault(FaultKind.HalfOpen, Name, "test");
        Assert.Equal((long)directions, fault.Amount);

        // Neither end is told of the other's close through a lost direction.
        socket.Close();
        world.Scheduler.RunFor(60_000);
        Assert.Equal(directions.HasFlag(SocketDirections.Outgoing) ? null : SocketClose.ByPeer, world.There.Reason);
    }

    [Fact]
    public void A_machine_gives_up_on_bytes_that_are_never_acknowledged()
    {
        World world = new(options: new NetworkOptions { Latency = new LatencyModel(10_000, 0), GiveUpMs = 5_000 });
        SimSocket socket = world.Open();
        world.Network.HalfOpen(socket, SocketDirections.Both, "test");
        world.Scheduler.RunFor(60_000);
        Assert.Null(world.Here.Reason);
        socket.Send([1]);
        world.Scheduler.RunFor(60_000);
        Assert.Equal((SocketClose.TimedOut, 60_020 + 5_000), (world.Here.Reason, world.Here.ClosedAtMs));
        Assert.Null(world.There.Reason);
    }

    [Fact]
    public void A_stall_holds_back_one_direction_and_loses_nothing()
    {
        World world = new();
        SimSocket socket = world.Open();
        socket.Send([1]);
        world.Network.Stall(socket, SocketDirections.Outgoing, 1_000, "test");
        socket.Send([2]);
        world.There.Socket!.Send([3]);
        world.Scheduler.RunFor(500);
        socket.Send([4]);
        world.Scheduler.RunUntilIdle();
        Assert.Equal([1, 2, 4], world.There.Bytes);
        Assert.All(world.There.Pieces, piece => Assert.Equal(1_020, piece.AtMs));
        Assert.Equal([(30, 1)], world.Here.Pieces);
        Assert.Equal(1_020_000, world.OnlyFault(FaultKind.Stalled, Name, "test").UntilUs);
        Assert.Equal(1_020_000, world.Faults.PlayedOutUs);
    }

    [Fact]
    public void A_stall_without_an_end_lasts_until_it_is_lifted_or_the_machine_gives_up()
    {
        World world = new();
        SimSocket socket = world.Open();
        world.Network.Stall(socket, SocketDirections.Both, null, "test");
        socket.Send([1]);
        world.Scheduler.RunFor(600_000);
        Assert.Empty(world.There.Bytes);
        world.Network.Resume(socket);
        world.Scheduler.RunFor(0);
        Assert.Equal([1], world.There.Bytes);
        world.Network.Stall(socket, SocketDirections.Both, null, "test");
        socket.Send([1]);
        world.Scheduler.RunFor(3_000_000);
        Assert.Equal(SocketClose.TimedOut, world.Here.Reason);
    }

    [Fact]
    public void A_partition_holds_streams_back_and_loses_connects()
    {
        World world = new();
        SimSocket socket = world.Open();
        socket.Send([1]);
        world.Network.Partition(world.Server, world.Client, 30_000, "test");
        Recorder other = new(world.Scheduler);
        world.Network.Connect(world.Client, "server/tcp", other);
        world.Scheduler.RunFor(25_000);
        Assert.Empty(world.There.Bytes);
        Assert.Equal((SocketClose.TimedOut, 20_020), (other.Reason, other.ClosedAtMs));
        socket.Close();
        world.Scheduler.RunUntilIdle();
        Assert.Equal([(30_020, 1)], world.There.Pieces);
        Assert.Equal(SocketClose.ByPeer, world.There.Reason);
        world.OnlyFault(FaultKind.Partitioned, "client|server", "test");
        Assert.False(world.Network.ArePartitioned(world.Client, world.Server));
    }

    [Theory]
    [InlineData(FaultKind.ConnectRefused, SocketClose.Refused, 20)]
    [InlineData(FaultKind.ConnectLost, SocketClose.TimedOut, 20_000)]
    public void A_connect_fails_as_asked_and_the_next_one_does_not(FaultKind kind, SocketClose reason, long afterMs)
    {
        World world = new();
        world.Network.Listen(world.Server, "server/tcp", world.There.Accept);
        world.Network.FailConnects("server/tcp", kind, 1, "test");
        Recorder next = new(world.Scheduler);
        world.Network.Connect(world.Client, "server/tcp", world.Here);
        world.Network.Connect(world.Client, "server/tcp", next);
        world.Scheduler.RunUntilIdle();
        Assert.Equal((reason, afterMs, false), (world.Here.Reason, world.Here.ClosedAtMs, world.Here.IsOpen));
        Assert.True(next.IsOpen);
        world.OnlyFault(kind, Name, "test");
    }

    [Fact]
    public void Split_merge_and_delay_are_logged_with_their_amounts()
    {
        World split = With(new StreamFaults { SplitShare = 1 });
        split.Open().Send(new byte[100]);
        split.Scheduler.RunUntilIdle();
        InjectedFault cut = split.OnlyFault(FaultKind.SegmentSplit, Name, FaultLog.Plan);
        Assert.Equal(cut.Amount, split.There.Pieces.Count);
        Assert.Equal(100, split.There.Bytes.Count);

        World merge = With(new StreamFaults { MergeShare = 1 });
        SimSocket socket = merge.Open();
        socket.Send([1]);
        merge.Scheduler.RunFor(4);
        socket.Send([2, 3]);
        merge.Scheduler.RunUntilIdle();
        Assert.Equal(3, merge.OnlyFault(FaultKind.SegmentMerged, Name, FaultLog.Plan).Amount);
        Assert.Equal([(34, 3)], merge.There.Pieces);

        World delay = With(new StreamFaults { DelayShare = 1, DelayMs = new MsRange(500, 500) });
        delay.Open().Send([1]);
        delay.Scheduler.RunUntilIdle();
        Assert.Equal(500_000, delay.OnlyFault(FaultKind.SegmentDelayed, Name, FaultLog.Plan).Amount);
        Assert.Equal([(530, 1)], delay.There.Pieces);
    }

    [Fact]
    public void A_plan_that_is_switched_off_changes_nothing_and_shifts_no_draw()
    {
        static List<(long, int)> Run(double splitShare, bool active)
        {
            World world = new(3, new FaultPlan { Streams = new StreamFaults { SplitShare = splitShare } }, new NetworkOptions());
            world.Network.PlanIsActive = active;
            world.Network.Listen(world.Server, "a", world.There.Accept);
            SimSocket socket = world.Network.Connect(world.Client, "a", world.Here);
            world.Scheduler.RunFor(100);
            for (int i = 0; i < 50; i++)
            {
                socket.Send(new byte[50]);
                world.Scheduler.RunFor(7);
            }

            world.Scheduler.RunUntilIdle();
            Assert.Equal(active && splitShare > 0, world.Faults.Count > 0);
            return world.There.Pieces;
        }

        Assert.Equal(Run(0, true), Run(0.5, false));
    }

    [Fact]
    public void A_plan_that_is_switched_off_lets_connects_and_requests_through()
    {
        World world = new(
            plan: new FaultPlan
            {
                Streams = new StreamFaults { ConnectRefusedShare = 1, ConnectLostShare = 1 },
                Requests = new RequestFaults { RequestLostShare = 1 },
            }
        );
        world.Network.PlanIsActive = false;
        world.Open();
        List<RequestResult> results = [];
        world.Network.Requests.Serve(world.Server, "a", request => request.Respond(200, []));
        world.Network.Requests.Send(world.Client, "a", "/", [], 1_000, (_, outcome) => results.Add(outcome.Result));
        world.Scheduler.RunUntilIdle();
        Assert.Equal([RequestResult.Answered], results);
        Assert.Empty(world.Faults);
        world.Network.PlanIsActive = true;
        Recorder refused = new(world.Scheduler);
        world.Network.Connect(world.Client, "server/tcp", refused);
        world.Scheduler.RunUntilIdle();
        Assert.Equal(SocketClose.Refused, refused.Reason);
        world.OnlyFault(FaultKind.ConnectRefused, "client>server/tcp#2", FaultLog.Plan);
    }

    [Theory]
    [InlineData(FaultKind.ConnectionDropped)]
    [InlineData(FaultKind.HalfOpen)]
    [InlineData(FaultKind.Stalled)]
    [InlineData(FaultKind.WallStepped)]
    [InlineData(FaultKind.Partitioned)]
    [InlineData(FaultKind.ProcessKilled)]
    [InlineData(FaultKind.PowerLost)]
    public void A_rate_per_day_gives_about_that_many_of_its_own_kind_and_none_after_the_stop(FaultKind kind)
    {
        double Rate(FaultKind wanted) => kind == wanted ? 200 : 0;
        FaultPlan plan = new()
        {
            Streams = new StreamFaults
            {
                DropsPerDay = Rate(FaultKind.ConnectionDropped),
                HalfOpensPerDay = Rate(FaultKind.HalfOpen),
                StallsPerDay = Rate(FaultKind.Stalled),
            },
            Hosts = new HostFaults
            {
                ClockStepsPerDay = Rate(FaultKind.WallStepped),
                PartitionsPerDay = Rate(FaultKind.Partitioned),
                KillsPerDay = Rate(FaultKind.ProcessKilled) + Rate(FaultKind.PowerLost),
                PowerLossShare = kind == FaultKind.PowerLost ? 1 : 0,
            },
        };
        World world = new(5, plan);
        world.Network.Listen(world.Server, "a", _ => new Recorder(world.Scheduler));
        Reconnector client = new(world);
        client.Connect();
        FaultInjector injector = new(world.Network);
        injector.Start();
        world.Scheduler.RunFor(5 * 86_400_000);
        int count = world.Faults.Count;
        Assert.All(world.Faults, fault => Assert.Equal((kind, FaultLog.Plan), (fault.Kind, fault.Cause)));
        Assert.InRange(count, 850, 1_150);
        injector.Stop();
        world.Scheduler.RunFor(86_400_000);
        Assert.Equal(count, world.Faults.Count);
        Assert.True(world.Client.IsRunning && world.Server.IsRunning);
    }

    [Fact]
    public void A_plan_outside_its_ranges_is_refused_by_name()
    {
        FaultPlan plan = new() { Streams = new StreamFaults { SplitShare = double.NaN } };
        Assert.Contains("SplitShare", Assert.Throws<ArgumentException>(plan.Check).Message, StringComparison.Ordinal);
        plan = new FaultPlan { Hosts = new HostFaults { DownMs = new MsRange(5, 4) } };
        Assert.Contains("DownMs", Assert.Throws<ArgumentException>(plan.Check).Message, StringComparison.Ordinal);
    }

    private static World With(StreamFaults faults) => new(plan: new FaultPlan { Streams = faults });

    /// <summary>Always has a connection, if it can.</summary>
    private sealed class Reconnector(World world) : ISocketHandler
    {
        public void Connect() => world.Network.Connect(world.Client, "a", this);

        public void Opened(SimSocket socket) { }

        public void Received(SimSocket socket, ReadOnlySpan<byte> bytes) { }

        public void Closed(SimSocket socket, SocketClose reason) => Connect();
    }
}
