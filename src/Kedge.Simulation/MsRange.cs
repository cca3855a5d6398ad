namespace Kedge.Simulation;

/// <summary>A span of durations from which one is drawn evenly, in milliseconds, both ends included.</summary>
/// <param name="MinMs">Shortest, ≥ 0.</param>
/// <param name="MaxMs">Longest, ≥ <paramref name="MinMs"/>.</param>
public readonly record struct MsRange(long MinMs, long MaxMs)
{
    /// <summary>One duration, in microseconds, at microsecond resolution.</summary>
    public long DrawUs(SimRandom random) => random.NextBetween(MinMs * 1_000, MaxMs * 1_000);

    internal void Check(string name)
    {
        if (MinMs < 0 || MaxMs < MinMs || MaxMs > long.MaxValue / 4_000)
        {
            throw new ArgumentException($"{name} is {MinMs} to {MaxMs} ms: 0 ≤ min ≤ max is needed.", name);
        }
    }
}
