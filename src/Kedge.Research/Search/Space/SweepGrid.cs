using System.Numerics;

namespace Kedge.Research.Search.Space;

/// <summary>
/// All configurations of a specification in their order: axes without a gate first, then those with one, each in the order of the file; the last axis
/// varies fastest. A gated axis takes its values only where its gate is open, else its first value alone. Nothing is held in memory but the axes.
/// </summary>
public sealed class SweepGrid
{
    private readonly int[] _gateOf;

    private SweepGrid(List<SweepAxis> axes, List<string> frozen)
    {
        Axes = axes;
        Frozen = frozen;
        _gateOf = new int[axes.Count];
        for (int i = 0; i < axes.Count; i++)
        {
            // A gate that stands behind its axis has no value yet when the axis is expanded: it counts as open.
            int gate = axes[i].Gate is { } g ? axes.FindIndex(a => a.Path == g.Path) : -1;
            _gateOf[i] = gate < i ? gate : -1;
        }

        Count = CountAll();
    }

    /// <summary>Axes in the order of the search.</summary>
    public IReadOnlyList<SweepAxis> Axes { get; }

    /// <summary>Paths of axes that keep their first value, because their gate is not searched and the base closes it.</summary>
    public IReadOnlyList<string> Frozen { get; }

    /// <summary>Number of configurations.</summary>
    public BigInteger Count { get; }

    /// <summary>Orders the axes of a specification.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="baseValue">Value of a key in the base configuration as a sweep writes it; null when it has none.</param>
    public static SweepGrid Of(SweepSpec spec, Func<string, double?> baseValue)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(baseValue);
        HashSet<string> searched = [.. spec.Axes.Select(a => a.Path)];
        List<SweepAxis> free = [];
        List<SweepAxis> gated = [];
        List<string> frozen = [];
        foreach (SweepAxis axis in spec.Axes)
        {
            if (axis.Gate is not { } gate || searched.Contains(gate.Path))
            {
                (axis.Gate is null ? free : gated).Add(axis);
            }
            else if (baseValue(gate.Path) is not { } value)
            {
                gated.Add(axis);
            }
            else if (gate.IsOpenAt(value))
            {
                free.Add(axis with { Gate = null });
            }
            else
            {
                frozen.Add(axis.Path);
                free.Add(axis with { Gate = null, Values = [axis.Values[0]] });
            }
        }

        return new SweepGrid([.. free, .. gated], frozen);
    }

    /// <summary>A cursor before the first configuration.</summary>
    public GridCursor Start() => new(this);

    /// <summary>Place of the axis that is the gate of another; −1 when its gate is always open.</summary>
    internal int GateOf(int axis) => _gateOf[axis];

    /// <summary>The product, axis by axis: an axis counts what follows from each of its values in the axes it is the gate of.</summary>
    private BigInteger CountAll()
    {
        BigInteger count = BigInteger.One;
        for (int i = 0; i < Axes.Count; i++)
        {
            count *= _gateOf[i] < 0 ? Below(i, open: true) : BigInteger.One;
        }

        return count;
    }

    private BigInteger Below(int axis, bool open)
    {
        BigInteger sum = BigInteger.Zero;
        for (int v = 0; v < (open ? Axes[axis].Values.Count : 1); v++)
        {
            BigInteger product = BigInteger.One;
            for (int child = axis + 1; child < Axes.Count; child++)
            {
                product *=
                    _gateOf[child] == axis ? Below(child, Axes[child].Gate!.IsOpenAt(Axes[axis].Values[v])) : BigInteger.One;
            }

            sum += product;
        }

        return sum;
    }
}
