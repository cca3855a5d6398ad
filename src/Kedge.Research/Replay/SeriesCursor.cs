using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>Walks the bars of one symbol in one series by their close times.</summary>
internal unsafe struct SeriesCursor
{
    private readonly BarColumns _bars;
    private readonly long _intervalMs;
    private int _next;

    /// <summary>Starts before the first bar.</summary>
    public SeriesCursor(BarColumns bars, long intervalMs)
    {
        _bars = bars;
        _intervalMs = intervalMs;
        _next = 0;
        NextCloseMs = bars.Count > 0 ? bars.OpenTimeMs[0] + intervalMs : long.MaxValue;
    }

    /// <summary>Close time of the next bar; <see cref="long.MaxValue"/> at the end.</summary>
    public long NextCloseMs { get; private set; }

    /// <summary>Takes the next bar.</summary>
    public void Take(out Bar bar)
    {
        bar = _bars[_next];
        _next++;
        NextCloseMs = _next < _bars.Count ? _bars.OpenTimeMs[_next] + _intervalMs : long.MaxValue;
    }
}
