namespace Kedge.Simulation.Network;

/// <summary>How long bytes travel one way: a fixed part and an even jitter on top.</summary>
/// <param name="MinUs">Shortest time, µs, ≥ 0.</param>
/// <param name="JitterUs">Most that is added, µs, ≥ 0.</param>
public readonly record struct LatencyModel(long MinUs, long JitterUs)
{
    /// <summary>One travelling time, µs.</summary>
    public long DrawUs(SimRandom random) => MinUs + random.NextBetween(0, JitterUs);
}
