using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary>The median of how much worse than the quote at submit the last fills were, entries and exits alike.</summary>
internal sealed class SlippageGuard
{
    private double[] _bps;
    private double[] _sorted;
    private int _next;

    public SlippageGuard(SlippageGuardSettings settings)
    {
        _bps = new double[settings.WindowFills];
        _sorted = new double[settings.WindowFills];
    }

    /// <summary>Fills in the window.</summary>
    public int Count { get; private set; }

    /// <summary>The last one, basis points; 0 before the first.</summary>
    public double LastBps { get; private set; }

    /// <summary>Fills that could not be measured, for want of a quote.</summary>
    public long Unmeasured { get; private set; }

    /// <summary>Median of a full window, basis points; 0 before.</summary>
    public double MedianBps
    {
        get
        {
            int n = _bps.Length;
            if (Count < n)
            {
                return 0.0;
            }

            _bps.CopyTo(_sorted, 0);
            Array.Sort(_sorted);
            return n % 2 == 1 ? _sorted[n / 2] : (_sorted[(n / 2) - 1] + _sorted[n / 2]) / 2.0;
        }
    }

    public void Change(SlippageGuardSettings settings)
    {
        if (settings.WindowFills != _bps.Length)
        {
            (_bps, _sorted) = (new double[settings.WindowFills], new double[settings.WindowFills]);
            Clear();
        }
    }

    public void Clear() => (Count, _next, LastBps) = (0, 0, 0.0);

    /// <summary>Takes a fill; the latch when the full window is too bad.</summary>
    public KillLatch? Add(SlippageGuardSettings settings, in RiskFill fill, long wallMs)
    {
        if (!settings.Enabled || fill.IsReplayed)
        {
            return null;
        }

        double side = fill.IsBuy ? fill.Ask : fill.Bid;
        double reference = side > 0.0 ? side : fill.Mid;
        if (!(reference > 0.0) || !(fill.Price > 0.0))
        {
            Unmeasured++;
            return null;
        }

        double worse = fill.IsBuy ? fill.Price - reference : reference - fill.Price;
        Push(Math.Max(0.0, worse / reference * 10_000.0));
        if (settings.MaxMedianBps <= 0.0 || Count < _bps.Length)
        {
            return null;
        }

        double median = MedianBps;
        return median <= settings.MaxMedianBps
            ? null
            : new KillLatch(
                KillKeys.SlippageGuard,
                KillMode.CloseOnly,
                $"slippage_guard: median {median:0.##} bp of {Count} fills, at most {settings.MaxMedianBps:0.##} bp",
                wallMs
            );
    }

    public void Save(ref StateWriter writer)
    {
        writer.Long(Unmeasured);
        writer.Int(Count);
        for (int i = 0; i < Count; i++)
        {
            writer.Double(_bps[(_next - Count + i + _bps.Length) % _bps.Length]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Clear();
        Unmeasured = reader.Long();
        for (int n = reader.Count(1000); n > 0; n--)
        {
            Push(reader.Double());
        }
    }

    private void Push(double bps)
    {
        _bps[_next] = bps;
        _next = (_next + 1) % _bps.Length;
        Count = Math.Min(Count + 1, _bps.Length);
        LastBps = bps;
    }
}
