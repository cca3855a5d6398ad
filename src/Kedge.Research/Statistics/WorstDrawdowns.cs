namespace Kedge.Research.Statistics;

/// <summary>
/// The deepest drawdown periods of a curve, by fraction of their peaks, deepest first; of equal depth the earlier first. Feed points in
/// order of time; memory does not grow with the curve.
/// </summary>
public sealed class WorstDrawdowns
{
    private readonly List<DrawdownPeriod> _worst;
    private readonly int _keep;
    private long _peakMs;
    private long _troughMs;
    private long _lastMs;
    private double _peak;
    private double _trough;
    private bool _below;

    /// <summary>Starts with a first peak.</summary>
    /// <param name="keep">How many to keep.</param>
    /// <param name="startMs">Time of the first value, epoch ms.</param>
    /// <param name="start">The first value.</param>
    public WorstDrawdowns(int keep, long startMs, double start)
    {
        _keep = keep;
        _worst = new List<DrawdownPeriod>(keep + 1);
        _peakMs = _lastMs = startMs;
        _peak = start;
    }

    /// <summary>Takes the next point.</summary>
    public void Add(long timeMs, double value)
    {
        _lastMs = timeMs;
        if (value >= _peak)
        {
            if (_below)
            {
                Keep(new DrawdownPeriod(_peakMs, _troughMs, timeMs, timeMs, _peak, _trough));
                _below = false;
            }

            _peak = value;
            _peakMs = timeMs;
        }
        else if (!_below || value < _trough)
        {
            _below = true;
            _trough = value;
            _troughMs = timeMs;
        }
    }

    /// <summary>The periods so far; one still open has no end.</summary>
    public IReadOnlyList<DrawdownPeriod> Finish()
    {
        if (_below)
        {
            Keep(new DrawdownPeriod(_peakMs, _troughMs, null, _lastMs, _peak, _trough));
            _below = false;
        }

        return _worst;
    }

    private void Keep(DrawdownPeriod period)
    {
        int at = _worst.Count;
        while (at > 0 && _worst[at - 1].DepthFraction < period.DepthFraction)
        {
            at--;
        }

        if (at < _keep)
        {
            _worst.Insert(at, period);
            if (_worst.Count > _keep)
            {
                _worst.RemoveAt(_keep);
            }
        }
    }
}
