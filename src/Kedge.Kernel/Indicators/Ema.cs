namespace Kedge.Kernel.Indicators;

/// <summary>Exponential moving average seeded with the first observation: α = 2 ÷ (N + 1), EMA ← α·x + (1 − α)·EMA.</summary>
public struct Ema
{
    private double _alpha;
    private double _value;
    private bool _seeded;

    /// <summary>Sets the window and forgets everything.</summary>
    public void Reset(int window)
    {
        _alpha = 2.0 / (window + 1.0);
        _value = 0.0;
        _seeded = false;
    }

    /// <summary>Last value; 0 before the first.</summary>
    public readonly double Value => _value;

    /// <summary>Takes one observation.</summary>
    public double Next(double x)
    {
        _value = _seeded ? _alpha * x + (1.0 - _alpha) * _value : x;
        _seeded = true;
        return _value;
    }
}
