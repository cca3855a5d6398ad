namespace Kedge.Research.Search.Space;

/// <summary>Walks the configurations of a grid in their order.</summary>
public sealed class GridCursor
{
    private readonly SweepGrid _grid;
    private readonly int[] _at;
    private long _next;
    private bool _ended;

    internal GridCursor(SweepGrid grid)
    {
        _grid = grid;
        _at = new int[grid.Axes.Count];
    }

    /// <summary>The next configuration; null at the end.</summary>
    public SweepTrial? Next()
    {
        if (_ended)
        {
            return null;
        }

        double[] values = new double[_at.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _grid.Axes[i].Values[_at[i]];
        }

        SweepTrial trial = new(_next++, values);
        _ended = !Step();
        return trial;
    }

    /// <summary>Leaves configurations out.</summary>
    /// <param name="count">How many, ≥ 0.</param>
    public void Skip(long count)
    {
        for (; count > 0 && !_ended; count--)
        {
            _next++;
            _ended = !Step();
        }
    }

    private bool Step()
    {
        for (int i = _at.Length - 1; i >= 0; i--)
        {
            if (_at[i] + 1 < Width(i))
            {
                _at[i]++;
                Array.Clear(_at, i + 1, _at.Length - i - 1);
                return true;
            }
        }

        return false;
    }

    private int Width(int axis)
    {
        SweepAxis of = _grid.Axes[axis];
        int gate = _grid.GateOf(axis);
        return gate < 0 || of.Gate!.IsOpenAt(_grid.Axes[gate].Values[_at[gate]]) ? of.Values.Count : 1;
    }
}
