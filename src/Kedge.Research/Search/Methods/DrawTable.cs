namespace Kedge.Research.Search.Methods;

/// <summary>The densities of all axes as drawing needs them: in two runs of memory, since every configuration draws from all of them many times.</summary>
internal sealed class DrawTable
{
    private readonly int[] _start;
    private readonly double[] _upTo;
    private readonly double[] _logRatio;

    /// <summary>An empty table.</summary>
    /// <param name="counts">Values by axis.</param>
    public DrawTable(IReadOnlyList<int> counts)
    {
        _start = new int[counts.Count + 1];
        for (int axis = 0; axis < counts.Count; axis++)
        {
            _start[axis + 1] = _start[axis] + counts[axis];
        }

        _upTo = new double[_start[^1]];
        _logRatio = new double[_start[^1]];
    }

    /// <summary>Takes the densities of an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="good">Good density by place of the value; sums to 1.</param>
    /// <param name="other">Density of the others.</param>
    public void Set(int axis, ReadOnlySpan<double> good, ReadOnlySpan<double> other)
    {
        double below = 0.0;
        int start = _start[axis];
        for (int v = 0; v < good.Length; v++)
        {
            below += good[v];
            _upTo[start + v] = below;
            _logRatio[start + v] = Math.Log(good[v] / other[v]);
        }
    }

    /// <summary>Draws a value from the good density.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    /// <param name="logRatio">How much more often it is good than not: logarithm of good ÷ other.</param>
    /// <returns>Place of the value.</returns>
    public int Draw(int axis, double uniform, out double logRatio)
    {
        int start = _start[axis];
        // The last bound is left out: rounding may leave it below 1. Counting has no branch to mispredict, and axes have few values.
        int last = _start[axis + 1] - 1;
        int place = start;
        for (int i = start; i < last; i++)
        {
            place += _upTo[i] <= uniform ? 1 : 0;
        }

        logRatio = _logRatio[place];
        return place - start;
    }
}
