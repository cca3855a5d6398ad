using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kedge.Research.Search.Methods;

/// <summary>The densities of all axes as drawing needs them: in two runs of memory, since every configuration draws from all of them many times.</summary>
internal sealed class DrawTable
{
    /// <summary>Bounds that are compared at a time. Most axes have no more, and a loop that always goes round once is never mispredicted.</summary>
    private const int Width = 8;

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
            _start[axis + 1] = _start[axis] + ((counts[axis] + Width - 1) / Width * Width);
        }

        _upTo = new double[_start[^1]];
        _logRatio = new double[_start[^1]];
        // Above every number that is drawn: what fills an axis up counts for nothing.
        Array.Fill(_upTo, double.PositiveInfinity);
    }

    /// <summary>Takes the densities of an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="good">Good density by place of the value; sums to 1.</param>
    /// <param name="other">Density of the others.</param>
    public void Set(int axis, ReadOnlySpan<double> good, ReadOnlySpan<double> other)
    {
        double below = 0.0;
        int start = _start[axis];
        // The last bound is left out: rounding may leave it below 1.
        int last = good.Length - 1;
        for (int v = 0; v < good.Length; v++)
        {
            below += good[v];
            _upTo[start + v] = v < last ? below : double.PositiveInfinity;
            _logRatio[start + v] = Math.Log(good[v] / other[v]);
        }
    }

    /// <summary>Draws a value from the good density.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    /// <param name="logRatio">How much more often it is good than not: logarithm of good ÷ other.</param>
    /// <returns>Place of the value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(int axis, double uniform, out double logRatio)
    {
        ref double bounds = ref MemoryMarshal.GetArrayDataReference(_upTo);
        Vector128<double> drawn = Vector128.Create(uniform);
        int start = _start[axis];
        int end = _start[axis + 1];
        Vector128<long> below = Vector128<long>.Zero;
        for (nuint i = (nuint)start; i < (nuint)end; i += Width)
        {
            // A comparison that holds is −1.
            below += Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref bounds, i), drawn).AsInt64();
            below += Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref bounds, i + 2), drawn).AsInt64();
            below += Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref bounds, i + 4), drawn).AsInt64();
            below += Vector128.LessThanOrEqual(Vector128.LoadUnsafe(ref bounds, i + 6), drawn).AsInt64();
        }

        int place = -(int)Vector128.Sum(below);
        logRatio = _logRatio[start + place];
        return place;
    }
}
