using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Durations from which one is drawn evenly, milliseconds, both ends included.</summary>
/// <param name="FromMs">Shortest, 0…<see cref="MaxMs"/>.</param>
/// <param name="ToMs">Longest, not below the shortest.</param>
public readonly record struct DurationRange(long FromMs, long ToMs)
{
    /// <summary>Longest duration a plan may name: 30 days.</summary>
    public const long MaxMs = 30L * 86_400_000;

    /// <summary>Whether both ends are within bounds and in order.</summary>
    public bool IsValid => FromMs >= 0 && ToMs >= FromMs && ToMs <= MaxMs;

    internal long Draw(ExchangeRandom random) => FromMs + random.Below(ToMs - FromMs + 1);
}
