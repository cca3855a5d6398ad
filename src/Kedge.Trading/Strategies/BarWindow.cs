using Kedge.Kernel;

namespace Kedge.Trading.Strategies;

/// <summary>The newest bars of a symbol, so many at most. What was handed out stays as it was: bars are only ever written behind it.</summary>
internal sealed class BarWindow(int capacity)
{
    private Bar[] _bars = [];
    private int _start;
    private int _end;

    /// <summary>The bars, oldest first.</summary>
    public ReadOnlyMemory<Bar> Bars => _bars.AsMemory(_start, _end - _start);

    /// <summary>Takes the next bar.</summary>
    public void Add(in Bar bar)
    {
        if (_end == _bars.Length)
        {
            int kept = Math.Min(_end - _start, capacity - 1);
            Bar[] next = new Bar[Math.Max(16, 2 * (kept + 1))];
            _bars.AsSpan(_end - kept, kept).CopyTo(next);
            _bars = next;
            _start = 0;
            _end = kept;
        }

        _bars[_end++] = bar;
        _start = Math.Max(_start, _end - capacity);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _bars = [];
        _start = 0;
        _end = 0;
    }
}
