namespace Kedge.Trading.Risk;

/// <summary>Per symbol, the moments of the entries sent in the last minute: never more than the limit in any sixty seconds.</summary>
internal sealed class SymbolWindows
{
    public const long WindowMs = 60_000;

    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int[] _held;
    private long[] _sentAtMs;

    public SymbolWindows(int symbols, int limit)
    {
        _first = new int[symbols];
        _count = new int[symbols];
        _held = new int[symbols];
        _sentAtMs = new long[symbols * limit];
        Limit = limit;
    }

    public int Limit { get; private set; }

    /// <summary>Entries of a symbol that count now, held ones included.</summary>
    public int Used(int symbol, long monotonicMs)
    {
        while (_count[symbol] > 0 && monotonicMs - At(symbol, 0) >= WindowMs)
        {
            _first[symbol] = (_first[symbol] + 1) % Limit;
            _count[symbol]--;
        }

        return _count[symbol] + _held[symbol];
    }

    public void Hold(int symbol) => _held[symbol]++;

    public void Release(int symbol) => _held[symbol]--;

    public void Spend(int symbol, long monotonicMs)
    {
        _held[symbol]--;
        Add(symbol, monotonicMs);
    }

    /// <summary>Takes on a new limit; of more moments than that the newest are kept.</summary>
    public void Change(int limit)
    {
        if (limit == Limit)
        {
            return;
        }

        long[] kept = new long[_first.Length * limit];
        for (int symbol = 0; symbol < _first.Length; symbol++)
        {
            int count = Math.Min(limit, _count[symbol]);
            for (int i = 0; i < count; i++)
            {
                kept[(symbol * limit) + i] = At(symbol, _count[symbol] - count + i);
            }

            _first[symbol] = 0;
            _count[symbol] = count;
        }

        _sentAtMs = kept;
        Limit = limit;
    }

    public void Save(ref StateWriter writer, int symbol, long monotonicMs)
    {
        Used(symbol, monotonicMs);
        writer.Int(_count[symbol]);
        for (int i = 0; i < _count[symbol]; i++)
        {
            writer.Long(monotonicMs - At(symbol, i));
        }
    }

    /// <summary>Ages are kept: the time a restart took does not count. A symbol that is gone (−1) is read over.</summary>
    public void Restore(ref StateReader reader, int symbol, long monotonicMs)
    {
        for (int n = reader.Count(RiskSettings.MaxOrdersPerMinute); n > 0; n--)
        {
            long age = reader.Long();
            if (symbol >= 0)
            {
                Add(symbol, monotonicMs - age);
            }
        }
    }

    private long At(int symbol, int index) => _sentAtMs[(symbol * Limit) + ((_first[symbol] + index) % Limit)];

    private void Add(int symbol, long sentAtMs)
    {
        if (_count[symbol] == Limit)
        {
            _first[symbol] = (_first[symbol] + 1) % Limit;
            _count[symbol]--;
        }

        _sentAtMs[(symbol * Limit) + ((_first[symbol] + _count[symbol]) % Limit)] = sentAtMs;
        _count[symbol]++;
    }
}
