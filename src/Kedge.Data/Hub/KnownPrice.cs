namespace Kedge.Data.Hub;

/// <summary>A price with when it was known to hold.</summary>
internal struct KnownPrice
{
    /// <summary>Above zero; 0 when there is none.</summary>
    public double Value;

    /// <summary>When it was known to hold, monotonic.</summary>
    public long AtMs;

    /// <summary>When it last changed, monotonic.</summary>
    public long ChangedMs;

    /// <summary>Its number within an instance of the feed.</summary>
    public long Sequence;

    /// <summary>Milliseconds since it was known to hold.</summary>
    public readonly long Age(long nowMs) => Value > 0.0 ? Math.Max(0, nowMs - AtMs) : long.MaxValue;

    /// <summary>Milliseconds since it changed.</summary>
    public readonly long ChangedAge(long nowMs) => Value > 0.0 ? Math.Max(0, nowMs - ChangedMs) : long.MaxValue;
}
