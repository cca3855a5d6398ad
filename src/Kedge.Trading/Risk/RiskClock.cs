using Kedge.Model.Machines;

namespace Kedge.Trading.Risk;

/// <summary>
/// The wall clock as risk believes it: it runs with the monotonic clock, follows the wall clock by at most one part in 64, and never goes back. So a step of
/// the machine's clock can neither bring the next day nearer nor repeat a day. A restart starts from the wall clock, or from where it was if that is later.
/// </summary>
internal struct RiskClock
{
    /// <summary>Length of a UTC day.</summary>
    public const long DayMs = 86_400_000;

    private const long Slew = 64;
    private const long StepMs = 300_000;
    private const long CalmMs = 60_000;

    private bool _started;
    private bool _stepped;
    private long _carry;
    private long _monotonicMs;

    /// <summary>UTC epoch milliseconds.</summary>
    public long WallMs { get; private set; }

    /// <summary>The monotonic moment of the first event.</summary>
    public long StartedMonotonicMs { get; private set; }

    /// <summary>Days since the epoch.</summary>
    public readonly long Day => Math.DivRem(WallMs, DayMs).Quotient;

    /// <summary>Takes the next moment.</summary>
    /// <returns>How far the wall clock is off, when that became more than five minutes just now; else 0.</returns>
    public long Advance(in Now now)
    {
        if (!_started)
        {
            _started = true;
            _monotonicMs = now.MonotonicMs;
            StartedMonotonicMs = now.MonotonicMs;
            WallMs = Math.Max(WallMs, now.WallMs);
        }

        long elapsed = Math.Max(0, now.MonotonicMs - _monotonicMs);
        _monotonicMs = Math.Max(_monotonicMs, now.MonotonicMs);
        long slack = elapsed + _carry;
        _carry = slack % Slew;
        long expected = WallMs + elapsed;
        long off = now.WallMs - expected;
        long most = slack / Slew;
        WallMs = Math.Max(WallMs, expected + Math.Clamp(off, -most, most));
        if (_stepped)
        {
            _stepped = Math.Abs(off) > CalmMs;
            return 0;
        }

        _stepped = Math.Abs(off) > StepMs;
        return _stepped ? off : 0;
    }

    public readonly void Save(ref StateWriter writer)
    {
        writer.Long(WallMs);
        writer.Bool(_stepped);
        writer.Long(_carry);
    }

    /// <summary>Takes over a saved clock.</summary>
    /// <returns>Where it was when it was saved.</returns>
    public long Restore(ref StateReader reader, in Now now)
    {
        this = default;
        long saved = reader.Long();
        WallMs = saved;
        _stepped = reader.Bool();
        long carry = reader.Long();
        Advance(in now);
        _carry = carry;
        return saved;
    }
}
