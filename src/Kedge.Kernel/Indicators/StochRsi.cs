namespace Kedge.Kernel.Indicators;

/// <summary>Stochastic RSI on a scale of 0…1: where RSI stands in its range of the last N bars, smoothed twice. 0.5 until N.</summary>
public struct StochRsi
{
    private RollingRange _rsi;
    private Ring _raw;
    private Ring _k;

    /// <summary>Sets the windows and forgets everything.</summary>
    public void Reset(int window, int smoothK, int smoothD)
    {
        _rsi.Reset(window);
        _raw.Reset(smoothK);
        _k.Reset(smoothD);
    }

    /// <summary>Takes one RSI value.</summary>
    public void Next(double rsi, out double k, out double d)
    {
        _rsi.Next(rsi, out double min, out double max);
        if (!_rsi.IsFull)
        {
            k = 0.5;
            d = 0.5;
            return;
        }

        _raw.Push(max > min ? (rsi - min) / (max - min) : 0.5);
        k = _raw.Mean();
        _k.Push(k);
        d = _k.Mean();
    }
}
