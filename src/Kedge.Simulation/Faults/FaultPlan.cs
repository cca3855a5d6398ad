namespace Kedge.Simulation.Faults;

/// <summary>What goes wrong by the seed, and how often. The default is that nothing does.</summary>
public sealed record FaultPlan
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new();

    /// <summary>Faults on connections.</summary>
    public StreamFaults Streams { get; init; } = new();

    /// <summary>Faults on requests.</summary>
    public RequestFaults Requests { get; init; } = new();

    /// <summary>Faults of processes.</summary>
    public HostFaults Hosts { get; init; } = new();

    /// <summary>Throws <see cref="ArgumentException"/> naming the first value outside its range.</summary>
    public void Check()
    {
        Share(Streams.ConnectRefusedShare, nameof(Streams.ConnectRefusedShare));
        Share(Streams.ConnectLostShare, nameof(Streams.ConnectLostShare));
        Share(Streams.SplitShare, nameof(Streams.SplitShare));
        Share(Streams.MergeShare, nameof(Streams.MergeShare));
        Share(Streams.DelayShare, nameof(Streams.DelayShare));
        Rate(Streams.DropsPerDay, nameof(Streams.DropsPerDay));
        Rate(Streams.HalfOpensPerDay, nameof(Streams.HalfOpensPerDay));
        Rate(Streams.StallsPerDay, nameof(Streams.StallsPerDay));
        Streams.StallMs.Check(nameof(Streams.StallMs));
        Streams.DelayMs.Check(nameof(Streams.DelayMs));
        Share(Requests.RequestLostShare, nameof(Requests.RequestLostShare));
        Share(Requests.RequestResetShare, nameof(Requests.RequestResetShare));
        Share(Requests.RequestDelayedShare, nameof(Requests.RequestDelayedShare));
        Share(Requests.ResponseLostShare, nameof(Requests.ResponseLostShare));
        Share(Requests.ResponseResetShare, nameof(Requests.ResponseResetShare));
        Share(Requests.ResponseDelayedShare, nameof(Requests.ResponseDelayedShare));
        Requests.RequestDelayMs.Check(nameof(Requests.RequestDelayMs));
        Requests.ResponseDelayMs.Check(nameof(Requests.ResponseDelayMs));
        Rate(Hosts.ClockStepsPerDay, nameof(Hosts.ClockStepsPerDay));
        Rate(Hosts.PartitionsPerDay, nameof(Hosts.PartitionsPerDay));
        Rate(Hosts.KillsPerDay, nameof(Hosts.KillsPerDay));
        Share(Hosts.PowerLossShare, nameof(Hosts.PowerLossShare));
        Hosts.ClockStepMs.Check(nameof(Hosts.ClockStepMs));
        Hosts.PartitionMs.Check(nameof(Hosts.PartitionMs));
        Hosts.DownMs.Check(nameof(Hosts.DownMs));
    }

    private static void Share(double value, string name)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentException($"{name} is {value}: a share is between 0 and 1.", name);
        }
    }

    private static void Rate(double value, string name)
    {
        // One a millisecond is more than any scenario can digest.
        if (!(value >= 0 && value <= 86_400_000))
        {
            throw new ArgumentException($"{name} is {value}: a rate is between 0 and 86,400,000 per day.", name);
        }
    }
}
