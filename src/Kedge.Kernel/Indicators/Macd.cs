namespace Kedge.Kernel.Indicators;

/// <summary>MACD histogram with the fixed windows 12, 26 and 9 (Appel), each EMA seeded with its first input.</summary>
public struct Macd
{
    private Ema _fast;
    private Ema _slow;
    private Ema _signal;

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _fast.Reset(12);
        _slow.Reset(26);
        _signal.Reset(9);
    }

    /// <summary>Takes one close; the result is line − signal, price units.</summary>
    public double Next(double close)
    {
        double line = _fast.Next(close) - _slow.Next(close);
        return line - _signal.Next(line);
    }
}
