namespace Kedge.Exchange.Hosting;

/// <summary>How long a message is on its way, each way; drawn evenly between the two bounds from a seed. Order within one connection is kept.</summary>
/// <param name="MinMs">Shortest, real milliseconds, 0…60,000.</param>
/// <param name="MaxMs">Longest, real milliseconds, not below <paramref name="MinMs"/>.</param>
/// <param name="Seed">Seed of the draws.</param>
public readonly record struct LatencySettings(int MinMs, int MaxMs, ulong Seed)
{
    /// <summary>Longest latency that can be asked for, milliseconds.</summary>
    public const int LimitMs = 60_000;

    /// <summary>Messages arrive at once.</summary>
    public static LatencySettings None => default;

    /// <summary>Whether the bounds are in order and within limits.</summary>
    public bool IsValid => MinMs >= 0 && MaxMs >= MinMs && MaxMs <= LimitMs;
}
