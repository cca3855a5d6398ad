namespace Kedge.Trading.Tests.Hosting;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _ms;
    private long _stepMs;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Interlocked.Read(ref _ms);

    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.FromUnixTimeMilliseconds(1_700_006_400_500 + Interlocked.Read(ref _ms) + Interlocked.Read(ref _stepMs));

    /// <summary>Time passes.</summary>
    public void Pass(long ms) => Interlocked.Add(ref _ms, ms);

    /// <summary>The wall clock is set.</summary>
    public void Step(long ms) => Interlocked.Add(ref _stepMs, ms);
}
