namespace Kedge.Model.Machines;

/// <summary>One moment on two clocks. Timers and rate buckets use the monotonic one, stamps and keys the wall clock.</summary>
/// <param name="MonotonicMs">Milliseconds since some fixed start; never steps.</param>
/// <param name="WallMs">UTC epoch milliseconds; may step.</param>
public readonly record struct Now(long MonotonicMs, long WallMs);
