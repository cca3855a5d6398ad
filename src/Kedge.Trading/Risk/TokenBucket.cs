namespace Kedge.Trading.Risk;

/// <summary>
/// A bucket of tokens that refills evenly on the monotonic clock. All in whole sixty-thousandths of a token, so that a millisecond refills a whole number
/// of them and nothing is ever lost to rounding. What is held is not gone: it comes off when it is committed.
/// </summary>
internal struct TokenBucket(int perMinute)
{
    /// <summary>One token.</summary>
    public const long Token = 60_000;

    private int _perMinute = perMinute;
    private long _level = perMinute * Token;
    private long _held;
    private long _refilledAtMs = long.MinValue;

    /// <summary>Tokens that could be taken now.</summary>
    public readonly double Available => (_level - _held) / (double)Token;

    /// <summary>Capacity and tokens a minute.</summary>
    public readonly int PerMinute => _perMinute;

    /// <summary>Takes on a new rate; never more tokens than before.</summary>
    public void Change(int perMinute)
    {
        _perMinute = perMinute;
        _level = Math.Min(_level, perMinute * Token);
    }

    public void Refill(long monotonicMs)
    {
        if (monotonicMs <= _refilledAtMs)
        {
            return;
        }

        long capacity = _perMinute * Token;
        long elapsed = _refilledAtMs == long.MinValue ? 0 : monotonicMs - _refilledAtMs;
        _level = elapsed >= Token ? capacity : Math.Min(capacity, _level + (elapsed * _perMinute));
        _refilledAtMs = monotonicMs;
    }

    public readonly bool HasToken => _level - _held >= Token;

    public void Hold() => _held += Token;

    public void Release() => _held -= Token;

    public void Spend()
    {
        _held -= Token;
        Drain();
    }

    /// <summary>Something that cannot wait goes: it takes what is there, up to one token, even one that is held, and leaves no debt.</summary>
    public void Drain() => _level = Math.Max(0, _level - Token);

    public readonly void Save(ref StateWriter writer) => writer.Long(_level);

    /// <summary>The time a restart took refills nothing.</summary>
    public void Restore(ref StateReader reader, long monotonicMs)
    {
        _level = Math.Clamp(reader.Long(), 0, _perMinute * Token);
        _held = 0;
        _refilledAtMs = monotonicMs;
    }
}
