namespace Kedge.Data.Universe;

/// <summary>When a symbol was seen on the venue.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="FirstSeenMs">First observation, epoch ms.</param>
/// <param name="LastSeenMs">Last observation, epoch ms.</param>
public sealed record UniverseListing(string Symbol, long FirstSeenMs, long LastSeenMs)
{
    /// <summary>True when it was listed at some time within [<paramref name="fromMs"/>, <paramref name="toMs"/>].</summary>
    public bool IsActive(long fromMs, long toMs) => FirstSeenMs <= toMs && LastSeenMs >= fromMs;
}
