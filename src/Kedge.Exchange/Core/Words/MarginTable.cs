namespace Kedge.Exchange.Core;

/// <summary>
/// The margin tiers of an instrument. Maintenance is half the initial margin at a tier's highest leverage, tier by tier like a tax table, which
/// is the venue's "rate × notional − deduction" without its rounding.
/// </summary>
public sealed class MarginTable
{
    private readonly MarginTier[] _tiers;
    private readonly long[] _base;

    /// <summary>Builds a table.</summary>
    /// <param name="tiers">Ascending by bound, at least one, the first from 0.</param>
    /// <exception cref="ArgumentException">The tiers are not in order.</exception>
    public MarginTable(params ReadOnlySpan<MarginTier> tiers)
    {
        _tiers = tiers.ToArray();
        _base = new long[_tiers.Length];
        if (_tiers.Length == 0 || _tiers[0].LowerBound != 0 || _tiers[0].MaxLeverage < 1)
        {
            throw new ArgumentException("A margin table starts with a tier from 0 with leverage 1 or more.", nameof(tiers));
        }

        for (int i = 1; i < _tiers.Length; i++)
        {
            if (
                _tiers[i].LowerBound <= _tiers[i - 1].LowerBound
                || _tiers[i].MaxLeverage > _tiers[i - 1].MaxLeverage
                || _tiers[i].MaxLeverage < 1
            )
            {
                throw new ArgumentException("Margin tiers rise in notional and do not rise in leverage.", nameof(tiers));
            }

            _base[i] =
                _base[i - 1] + CeilingDivide(_tiers[i].LowerBound - _tiers[i - 1].LowerBound, 2 * _tiers[i - 1].MaxLeverage);
        }
    }

    /// <summary>The tiers.</summary>
    public IReadOnlyList<MarginTier> Tiers => _tiers;

    /// <summary>Highest leverage of all.</summary>
    public int MaxLeverage => _tiers[0].MaxLeverage;

    /// <summary>Highest leverage at a notional, micro-USD.</summary>
    public int MaxLeverageAt(long notional) => _tiers[Find(notional)].MaxLeverage;

    /// <summary>Maintenance requirement at a notional, micro-USD, rounded up.</summary>
    public long Maintenance(long notional)
    {
        int i = Find(notional);
        return _base[i] + CeilingDivide(notional - _tiers[i].LowerBound, 2 * _tiers[i].MaxLeverage);
    }

    internal static long CeilingDivide(long value, long by) => (value + by - 1) / by;

    private int Find(long notional)
    {
        int i = _tiers.Length - 1;
        while (i > 0 && notional <= _tiers[i].LowerBound)
        {
            i--;
        }

        return i;
    }
}
