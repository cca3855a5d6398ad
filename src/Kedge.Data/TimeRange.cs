namespace Kedge.Data;

/// <summary>First and last time of something, both inclusive, epoch ms.</summary>
/// <param name="FirstMs">First.</param>
/// <param name="LastMs">Last.</param>
public readonly record struct TimeRange(long FirstMs, long LastMs);
