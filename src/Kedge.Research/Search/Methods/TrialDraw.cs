using Kedge.Data.Generated;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Methods;

/// <summary>
/// Draws configurations axis by axis, in the order of the grid. An axis whose gate is closed keeps its first value, as in the grid, so that no two configurations differ in
/// a number without meaning. The stream of numbers belongs to the place of the configuration alone.
/// </summary>
internal sealed class TrialDraw
{
    // Spreads seeds far apart: neighbouring seeds must not share the stream of neighbouring configurations.
    private const ulong SeedStride = 0xD134_2543_DE82_EF95;

    private const int UniformsAtATime = 256;

    private readonly ulong _seed;
    private readonly double[][] _values;
    private readonly bool[] _hasChoice;
    private readonly int[] _gate;
    private readonly bool[]?[] _open;

    public TrialDraw(SweepGrid grid, ulong seed)
    {
        _seed = seed * SeedStride;
        _values = [.. grid.Axes.Select(a => a.Values.ToArray())];
        _hasChoice = Array.ConvertAll(_values, v => v.Length > 1);
        _gate = [.. Enumerable.Range(0, _values.Length).Select(grid.GateOf)];
        _open =
        [
            .. _gate.Select((gate, axis) => gate < 0 ? null : Array.ConvertAll(_values[gate], grid.Axes[axis].Gate!.IsOpenAt)),
        ];
    }

    /// <summary>Whether an axis is searched in a configuration.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="places">Places of the values of the axes before it.</param>
    public bool IsOpen(int axis, short[] places) => _open[axis] is not { } open || open[places[_gate[axis]]];

    /// <summary>A configuration in which every listed value of an open axis is as likely as any other.</summary>
    /// <param name="index">Its place in the search.</param>
    public SweepTrial Uniform(long index)
    {
        SeededRandom random = new(_seed + (ulong)index);
        short[] places = new short[_values.Length];
        for (int axis = 0; axis < places.Length; axis++)
        {
            if (IsOpen(axis, places))
            {
                places[axis] = (short)random.NextInteger(0, _values[axis].Length);
            }
        }

        return Trial(index, places);
    }

    /// <summary>Draws candidates from the good densities and takes the one that is most likely good rather than not; of equals the first.</summary>
    /// <param name="index">Its place in the search.</param>
    /// <param name="candidates">How many are drawn.</param>
    /// <param name="table">The densities.</param>
    public SweepTrial Best(long index, int candidates, DrawTable table)
    {
        SeededRandom random = new(_seed + (ulong)index);
        short[] best = new short[_values.Length];
        short[] places = new short[_values.Length];
        double most = double.NegativeInfinity;
        Span<double> uniforms = stackalloc double[UniformsAtATime];
        int used = UniformsAtATime;
        for (int candidate = 0; candidate < candidates; candidate++)
        {
            double sum = 0.0;
            for (int axis = 0; axis < places.Length; axis++)
            {
                places[axis] = 0;
                if (_hasChoice[axis] && IsOpen(axis, places))
                {
                    if (used == uniforms.Length)
                    {
                        random.NextUniforms(uniforms);
                        used = 0;
                    }

                    places[axis] = (short)table.Draw(axis, uniforms[used++], out double logRatio);
                    sum += logRatio;
                }
            }

            if (sum > most)
            {
                most = sum;
                (best, places) = (places, best);
            }
        }

        return Trial(index, best);
    }

    private SweepTrial Trial(long index, short[] places)
    {
        double[] values = new double[places.Length];
        for (int axis = 0; axis < values.Length; axis++)
        {
            values[axis] = _values[axis][places[axis]];
        }

        return new SweepTrial(index, values);
    }
}
