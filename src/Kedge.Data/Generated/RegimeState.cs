namespace Kedge.Data.Generated;

/// <summary>Stretches of trend and chop. The drift of a stretch is a fraction of the base volatility; chop is pulled back to where it began.</summary>
internal struct RegimeState
{
    private const double TrendStrength = 0.11;
    private const double ChopPull = 0.06;
    private readonly SeededRandom _random;
    private readonly bool _active;
    private readonly double _volatility;
    private int _barsLeft;
    private int _direction;
    private double _moved;

    internal RegimeState(SeededRandom random, double volatility, bool active)
    {
        _random = random;
        _volatility = volatility;
        _active = active;
        _barsLeft = 0;
        _direction = 0;
        _moved = 0.0;
    }

    /// <summary>Expected return of the next bar.</summary>
    internal double NextDrift()
    {
        if (!_active)
        {
            return 0.0;
        }

        if (_barsLeft-- <= 0)
        {
            _direction = _random.NextInteger(-1, 2);
            _barsLeft = _random.NextInteger(48, 337);
            _moved = 0.0;
        }

        return _direction == 0 ? -ChopPull * _moved : _direction * TrendStrength * _volatility;
    }

    internal void Observe(double move) => _moved += move;
}
