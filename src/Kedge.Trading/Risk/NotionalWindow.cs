namespace Kedge.Trading.Risk;

/// <summary>Notional of the entries sent in the trailing window, in millionths of a USD, so that the sum is exact.</summary>
internal sealed class NotionalWindow
{
    /// <summary>Entries remembered; while so many are inside the window no further one goes.</summary>
    public const int MaxEntries = 4096;

    private readonly long[] _sentAtMs = new long[MaxEntries];
    private readonly long[] _micros = new long[MaxEntries];
    private int _first;
    private int _count;
    private long _sum;
    private long _held;
    private int _heldEntries;

    /// <summary>Millionths of a USD, rounded up; saturates far beyond any account.</summary>
    public static long Micros(double usd) => usd < 9e12 ? (long)Math.Ceiling(usd * 1e6) : long.MaxValue / 4;

    /// <summary>What counts now, held included, in millionths of a USD; <see cref="long.MaxValue"/> when nothing more can be remembered.</summary>
    public long Used(long monotonicMs, long windowMs)
    {
        while (_count > 0 && monotonicMs - _sentAtMs[_first] >= windowMs)
        {
            _sum -= _micros[_first];
            _first = (_first + 1) % MaxEntries;
            _count--;
        }

        return _count + _heldEntries < MaxEntries ? _sum + _held : long.MaxValue;
    }

    public void Hold(long micros)
    {
        _held += micros;
        _heldEntries++;
    }

    public void Release(long micros)
    {
        _held -= micros;
        _heldEntries--;
    }

    public void Spend(long micros, long monotonicMs)
    {
        Release(micros);
        Add(micros, monotonicMs);
    }

    public void Save(ref StateWriter writer, long monotonicMs, long windowMs)
    {
        Used(monotonicMs, windowMs);
        writer.Int(_count);
        for (int i = 0; i < _count; i++)
        {
            int at = (_first + i) % MaxEntries;
            writer.Long(monotonicMs - _sentAtMs[at]);
            writer.Long(_micros[at]);
        }
    }

    public void Restore(ref StateReader reader, long monotonicMs)
    {
        (_first, _count, _sum, _held, _heldEntries) = (0, 0, 0, 0, 0);
        for (int n = reader.Count(MaxEntries); n > 0; n--)
        {
            long age = reader.Long();
            Add(reader.Long(), monotonicMs - age);
        }
    }

    private void Add(long micros, long sentAtMs)
    {
        int at = (_first + _count) % MaxEntries;
        _sentAtMs[at] = sentAtMs;
        _micros[at] = micros;
        _sum += micros;
        _count++;
    }
}
