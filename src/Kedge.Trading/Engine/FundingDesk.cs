using Kedge.Model;

namespace Kedge.Trading.Engine;

/// <summary>
/// Funding records of the watched symbols: which are still to be charged, which rates are known, and what was held at boundaries that have passed, for
/// records that come after them.
/// </summary>
internal sealed class FundingDesk
{
    /// <summary>Hours after which a record that never came is no longer waited for.</summary>
    public const int HoursRemembered = 72;

    private readonly FundingMeter[] _meters;
    private readonly Queue<FundingRecord>[] _unknown;
    private readonly double[] _rates;
    private readonly SortedDictionary<long, List<(int Symbol, double Rate)>> _due = [];
    private readonly Queue<BoundaryHolding> _held = [];
    private readonly long[] _settled;

    public FundingDesk(int symbols)
    {
        _meters = [.. Enumerable.Range(0, symbols).Select(_ => new FundingMeter())];
        _unknown = [.. Enumerable.Range(0, symbols).Select(_ => new Queue<FundingRecord>())];
        _rates = new double[symbols];
        _settled = new long[symbols];
    }

    /// <summary>Newest moment of the market that the engine has reached; boundaries before it have passed.</summary>
    public long ReachedMs { get; set; } = long.MinValue;

    /// <summary>Records that came too late for their boundary, or twice.</summary>
    public long Rejected { get; private set; }

    /// <summary>What was held at boundaries that have passed, oldest first.</summary>
    public IReadOnlyCollection<BoundaryHolding> Held => _held;

    /// <summary>Takes a record. False when it is rejected.</summary>
    public bool TryTake(int symbol, long timeMs, double rate, out FundingRecord record)
    {
        if (!double.IsFinite(rate) || !_meters[symbol].TryAdd(timeMs, rate, out record))
        {
            record = default;
            Rejected++;
            return false;
        }

        _unknown[symbol].Enqueue(record);
        return true;
    }

    /// <summary>Keeps a record until its boundary is charged.</summary>
    public void Await(int symbol, in FundingRecord record)
    {
        if (!_due.TryGetValue(record.BoundaryMs, out List<(int, double)>? list))
        {
            list = [];
            _due.Add(record.BoundaryMs, list);
        }

        list.Add((symbol, record.Rate));
    }

    /// <summary>The first boundary before a moment that has records to be charged; null when there is none.</summary>
    public long? NextDue(long beforeMs)
    {
        foreach (long boundary in _due.Keys)
        {
            return boundary < beforeMs ? boundary : null;
        }

        return null;
    }

    /// <summary>Whether a symbol has a record at a boundary.</summary>
    public bool IsDue(int symbol, long boundaryMs, out double rate)
    {
        rate = 0.0;
        if (_due.Count == 0 || !_due.TryGetValue(boundaryMs, out List<(int Symbol, double Rate)>? list))
        {
            return false;
        }

        foreach ((int of, double value) in list)
        {
            if (of == symbol)
            {
                rate = value;
                return true;
            }
        }

        return false;
    }

    /// <summary>The newest boundary whose record of a symbol has been dealt with; records up to it are not charged again, not even after a restart.</summary>
    public ref long SettledMs(int symbol) => ref _settled[symbol];

    /// <summary>A boundary was charged.</summary>
    public void Charged(long boundaryMs)
    {
        if (_due.Count > 0 && _due.Remove(boundaryMs, out List<(int Symbol, double Rate)>? list))
        {
            foreach ((int symbol, _) in list)
            {
                _settled[symbol] = Math.Max(_settled[symbol], boundaryMs);
            }
        }
    }

    /// <summary>The last hourly rate that had come at a moment; 0 before the first.</summary>
    public double KnownRate(int symbol, long timeMs)
    {
        Queue<FundingRecord> queue = _unknown[symbol];
        while (queue.TryPeek(out FundingRecord next) && next.RecordedMs <= timeMs)
        {
            _rates[symbol] = next.HourlyRate;
            queue.Dequeue();
        }

        return _rates[symbol];
    }

    /// <summary>Remembers what was held at a boundary that passes.</summary>
    public void Remember(in BoundaryHolding holding)
    {
        long oldest = holding.BoundaryMs - (HoursRemembered * FundingMeter.BoundaryMs);
        while (_held.TryPeek(out BoundaryHolding first) && first.BoundaryMs < oldest)
        {
            _held.Dequeue();
        }

        _held.Enqueue(holding);
    }

    /// <summary>What was held of a symbol at a boundary; false when nothing was.</summary>
    public bool WasHeld(int symbol, long boundaryMs, out BoundaryHolding holding)
    {
        foreach (BoundaryHolding held in _held)
        {
            if (held.Symbol == symbol && held.BoundaryMs == boundaryMs)
            {
                holding = held;
                return true;
            }
        }

        holding = default;
        return false;
    }
}
