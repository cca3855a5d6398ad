namespace Kedge.Data.Generated;

/// <summary>GARCH(1,1) around a base variance, kept between a quarter and sixteen times of it; without clustering it stays there.</summary>
internal struct VolatilityState
{
    private const double Alpha = 0.09;
    private const double Beta = 0.88;
    private readonly bool _clusters;
    private readonly double _base;
    private double _variance;

    internal VolatilityState(double baseVolatility, bool clusters)
    {
        _clusters = clusters;
        _base = baseVolatility * baseVolatility;
        _variance = _base;
    }

    internal readonly double Volatility => Math.Sqrt(_variance);

    internal void Observe(double move)
    {
        if (_clusters)
        {
            double next = ((1.0 - Alpha - Beta) * _base) + (Alpha * move * move) + (Beta * _variance);
            _variance =
                next < 0.25 * _base ? 0.25 * _base
                : next > 16.0 * _base ? 16.0 * _base
                : next;
        }
    }
}
