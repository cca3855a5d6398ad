using Kedge.Configuration;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Methods;

/// <summary>
/// One axis as a tree-structured Parzen estimator sees it: how often each listed value was tried, a density of the good ones and one of the others. For
/// booleans and words a density is a histogram; for numbers each observation also speaks for its neighbours in order of size.
/// </summary>
internal sealed class AxisDensity
{
    private const double PriorWeight = 1.0;
    private const double Spread = 0.3;
    private const double LeastSpread = 0.25;

    // A kernel this small adds nothing that a double could show beside the prior.
    private const double NoKernel = 1e-18;

    private readonly int[] _order;
    private readonly bool _ordered;
    private readonly long[] _all;
    private readonly double[] _good;
    private readonly double[] _other;
    private readonly double[] _kernel;

    public AxisDensity(SweepAxis axis)
    {
        int count = axis.Values.Count;
        _ordered = axis.Key.Type is KeyType.Float or KeyType.Int;
        _order = [.. Enumerable.Range(0, count)];
        if (_ordered)
        {
            Array.Sort([.. axis.Values], _order);
        }

        _all = new long[count];
        _good = new double[count];
        _other = new double[count];
        _kernel = new double[count];
    }

    /// <summary>Counts a configuration in which the axis was open.</summary>
    /// <param name="place">Place of its value in the list of the axis.</param>
    public void Count(int place) => _all[place]++;

    /// <summary>Makes the densities anew.</summary>
    /// <param name="good">How often each value, by place, is among the good configurations.</param>
    /// <param name="axis">The axis, for the table.</param>
    /// <param name="table">Takes them.</param>
    public void Build(ReadOnlySpan<int> good, int axis, DrawTable table)
    {
        int count = _all.Length;
        long goods = 0;
        foreach (int times in good)
        {
            goods += times;
        }

        // Both are as smooth as the fewer allow: else a peak of one would stand against the flat of the other.
        double spread = Math.Max(Spread * count * Math.Pow(Math.Max(goods, 1), -0.2), LeastSpread);
        for (int d = 0; d < count; d++)
        {
            double kernel = Math.Exp(-0.5 * d * d / (spread * spread));
            _kernel[d] = kernel < NoKernel ? 0.0 : kernel;
        }

        Array.Clear(_good);
        Array.Clear(_other);
        for (int rank = 0; rank < count; rank++)
        {
            int place = _order[rank];
            Spill(_good, rank, good[place]);
            Spill(_other, rank, _all[place] - good[place]);
        }

        Finish(_good);
        Finish(_other);
        table.Set(axis, _good, _other);
    }

    /// <summary>Good density of a value.</summary>
    public double Good(int place) => _good[place];

    /// <summary>Gives the weight of the observations at a rank to it and, for numbers, to its neighbours; nothing is lost at the ends.</summary>
    private void Spill(double[] density, int rank, long weight)
    {
        if (weight == 0)
        {
            return;
        }

        if (!_ordered)
        {
            density[_order[rank]] += weight;
            return;
        }

        double sum = 0.0;
        for (int other = 0; other < _order.Length; other++)
        {
            sum += _kernel[Math.Abs(other - rank)];
        }

        for (int other = 0; other < _order.Length; other++)
        {
            density[_order[other]] += weight * _kernel[Math.Abs(other - rank)] / sum;
        }
    }

    private static void Finish(double[] density)
    {
        double sum = PriorWeight;
        foreach (double weight in density)
        {
            sum += weight;
        }

        for (int v = 0; v < density.Length; v++)
        {
            density[v] = (density[v] + (PriorWeight / density.Length)) / sum;
        }
    }
}
