using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Network;

/// <summary>Faults on request.</summary>
public sealed partial class SimNetwork
{
    private readonly Dictionary<(SimProcess, SimProcess), long> _partitions = [];
    private readonly Dictionary<string, Queue<(FaultKind Kind, string Cause)>> _connectFaults = new(StringComparer.Ordinal);

    /// <summary>Resets a connection from the middle: both ends are told, what is on its way is lost.</summary>
    public void Drop(SimSocket socket, string cause)
    {
        CheckConnected(socket);
        Scheduler.Faults.Add(FaultKind.ConnectionDropped, socket.Name, cause);
        foreach (SimSocket end in (ReadOnlySpan<SimSocket>)[socket, socket.Peer!])
        {
            end.IsDoomed = true;
            end.PeerWasTold = true;
            long atUs = Scheduler.NowUs + (end.Outgoing.DrawLatencyUs() / 2);
            end.Outgoing.Clear();
            end.Outgoing.Lose();
            Scheduler.Schedule(_source, atUs, DropKind, end.Id);
        }
    }

    /// <summary>Lets one or both directions of a connection lose everything silently from now on.</summary>
    /// <param name="socket">One end.</param>
    /// <param name="directions">Which, seen from that end.</param>
    /// <param name="cause">Why, for the log.</param>
    public void HalfOpen(SimSocket socket, SocketDirections directions, string cause)
    {
        CheckConnected(socket);
        Scheduler.Faults.Add(FaultKind.HalfOpen, socket.Name, cause, (long)directions, long.MaxValue);
        foreach (BytePipe pipe in Pipes(socket, directions))
        {
            pipe.Lose();
        }

        socket.Outgoing.Reconsider();
        socket.Peer!.Outgoing.Reconsider();
    }

    /// <summary>Holds back one or both directions of a connection; what waited then arrives at once, in order.</summary>
    /// <param name="socket">One end.</param>
    /// <param name="directions">Which, seen from that end.</param>
    /// <param name="durationMs">How long; null until <see cref="Resume"/>.</param>
    /// <param name="cause">Why, for the log.</param>
    public void Stall(SimSocket socket, SocketDirections directions, long? durationMs, string cause)
    {
        CheckConnected(socket);
        long untilUs = durationMs is { } ms ? Scheduler.NowUs + (ms * 1_000) : long.MaxValue;
        StallUntil(socket, directions, untilUs, cause);
    }

    /// <summary>Ends all stalls of a connection.</summary>
    public void Resume(SimSocket socket)
    {
        foreach (BytePipe pipe in Pipes(socket, SocketDirections.Both))
        {
            pipe.Resume();
        }
    }

    /// <summary>Lets the next connects to an address fail. Each is logged when it does.</summary>
    /// <param name="address">The address.</param>
    /// <param name="kind"><see cref="FaultKind.ConnectRefused"/> or <see cref="FaultKind.ConnectLost"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="cause">Why, for the log.</param>
    public void FailConnects(string address, FaultKind kind, int count, string cause)
    {
        if (kind is not (FaultKind.ConnectRefused or FaultKind.ConnectLost))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a fault of a connect.");
        }

        if (!_connectFaults.TryGetValue(address, out Queue<(FaultKind, string)>? queue))
        {
            _connectFaults.Add(address, queue = new Queue<(FaultKind, string)>());
        }

        for (int i = 0; i < count; i++)
        {
            queue.Enqueue((kind, cause));
        }
    }

    /// <summary>Cuts two processes off from each other: streams wait, connects and requests are lost.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <param name="durationMs">How long; null until <see cref="Heal"/>.</param>
    /// <param name="cause">Why, for the log.</param>
    public void Partition(SimProcess one, SimProcess other, long? durationMs, string cause) =>
        PartitionUntil(one, other, durationMs is { } ms ? Scheduler.NowUs + (ms * 1_000) : long.MaxValue, cause);

    /// <summary>Ends the partition of two processes.</summary>
    public void Heal(SimProcess one, SimProcess other)
    {
        if (_partitions.Remove(Pair(one, other)))
        {
            Reconsider();
        }
    }

    /// <summary>Whether two processes are cut off from each other.</summary>
    public bool ArePartitioned(SimProcess one, SimProcess other) =>
        _partitions.Count > 0 && _partitions.TryGetValue(Pair(one, other), out long untilUs) && untilUs > Scheduler.NowUs;

    internal void StallUntil(SimSocket socket, SocketDirections directions, long untilUs, string cause)
    {
        Scheduler.Faults.Add(FaultKind.Stalled, socket.Name, cause, (long)directions, untilUs);
        foreach (BytePipe pipe in Pipes(socket, directions))
        {
            pipe.Stall(untilUs);
        }
    }

    internal void PartitionUntil(SimProcess one, SimProcess other, long untilUs, string cause)
    {
        (SimProcess, SimProcess) pair = Pair(one, other);
        Scheduler.Faults.Add(FaultKind.Partitioned, $"{pair.Item1.Name}|{pair.Item2.Name}", cause, 0, untilUs);
        _partitions[pair] = Math.Max(untilUs, _partitions.GetValueOrDefault(pair));
        if (untilUs != long.MaxValue)
        {
            Scheduler.Schedule(_source, untilUs, HealKind);
        }

        Reconsider();
    }

    private FaultKind? ConnectFault(SimSocket client, ConnectLane lane)
    {
        bool refused = lane.Refused.Chance(Plan.Streams.ConnectRefusedShare);
        bool lost = lane.Lost.Chance(Plan.Streams.ConnectLostShare);
        (FaultKind Kind, string Cause) fault;
        if (!(_connectFaults.TryGetValue(client.Address, out Queue<(FaultKind, string)>? queue) && queue.TryDequeue(out fault)))
        {
            if (!PlanIsActive || !(refused || lost))
            {
                return null;
            }

            fault = (refused ? FaultKind.ConnectRefused : FaultKind.ConnectLost, FaultLog.Plan);
        }

        long untilUs = fault.Kind == FaultKind.ConnectLost ? Scheduler.NowUs + (Options.ConnectTimeoutMs * 1_000) : 0;
        Scheduler.Faults.Add(fault.Kind, client.Name, fault.Cause, 0, untilUs);
        return fault.Kind;
    }

    private void Healed()
    {
        foreach ((SimProcess, SimProcess) pair in _partitions.Where(p => p.Value <= Scheduler.NowUs).Select(p => p.Key).ToArray())
        {
            _partitions.Remove(pair);
        }

        Reconsider();
    }

    private void Reconsider()
    {
        // An end that has closed may still have bytes on their way: they are found through its peer.
        foreach (SimSocket socket in _live)
        {
            if (socket.Peer is not null)
            {
                socket.Outgoing.Reconsider();
                socket.Peer.Outgoing.Reconsider();
            }
        }
    }

    private static IEnumerable<BytePipe> Pipes(SimSocket socket, SocketDirections directions)
    {
        if (directions.HasFlag(SocketDirections.Outgoing))
        {
            yield return socket.Outgoing;
        }

        if (directions.HasFlag(SocketDirections.Incoming))
        {
            yield return socket.Peer!.Outgoing;
        }
    }

    private static (SimProcess, SimProcess) Pair(SimProcess one, SimProcess other) =>
        string.CompareOrdinal(one.Name, other.Name) <= 0 ? (one, other) : (other, one);

    private static void CheckConnected(SimSocket socket)
    {
        if (socket.State != SocketState.Open || socket.IsDoomed)
        {
            throw new InvalidOperationException($"{socket} is not an open connection.");
        }
    }
}
