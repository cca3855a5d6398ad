using Kedge.Model.Machines;

namespace Kedge.Exchange.Hosting;

/// <summary>The venue's time: real time from a start, times a factor; or, at unbounded speed, wherever the last timer put it.</summary>
internal sealed class VenueClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly double _speed;
    private readonly long _startMs;
    private long _jumpedMs;

    internal VenueClock(TimeProvider time, double speed, long? startMs)
    {
        if (!(speed > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "Time runs forward.");
        }

        _time = time;
        _speed = speed;
        _startMs = startMs ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        _start = time.GetTimestamp();
    }

    /// <summary>Time is moved by <see cref="JumpTo"/> alone.</summary>
    internal bool Jumps => double.IsPositiveInfinity(_speed);

    internal Now Read()
    {
        long elapsed = Jumps ? Volatile.Read(ref _jumpedMs) : (long)(_time.GetElapsedTime(_start).TotalMilliseconds * _speed);
        return new Now(elapsed, _startMs + elapsed);
    }

    /// <summary>Real time until a moment of the venue's monotonic clock; zero when it has passed.</summary>
    internal TimeSpan Until(long monotonicMs)
    {
        double venue = monotonicMs - (_time.GetElapsedTime(_start).TotalMilliseconds * _speed);
        return venue <= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(venue / _speed), int.MaxValue));
    }

    /// <summary>Moves time at unbounded speed; never back.</summary>
    internal void JumpTo(long monotonicMs) => Volatile.Write(ref _jumpedMs, Math.Max(_jumpedMs, monotonicMs));
}
