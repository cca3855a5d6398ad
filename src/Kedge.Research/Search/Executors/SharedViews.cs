using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Executors;

/// <summary>
/// Lets walks of one thread that read the same columns share their snapshots: those of a stretch are made in the order in which columns lie in memory, before
/// the first of the walks gets there.
/// </summary>
internal sealed class SharedViews : IDisposable
{
    /// <summary>Walks for which it pays to make snapshots at which some of them may not look.</summary>
    private const int FewestWalks = 6;

    /// <summary>Bytes that the tables of a thread may take.</summary>
    private const long MostBytes = 4 << 20;

    private readonly MarketData _data;
    private readonly int _bars;
    private readonly int _most;
    private readonly List<ViewTable> _tables = [];
    private readonly List<Walk> _readers = [];

    /// <summary>Tables for a market.</summary>
    /// <param name="data">Candles.</param>
    /// <param name="bars">Main bars of a stretch.</param>
    public SharedViews(MarketData data, int bars)
    {
        _data = data;
        _bars = bars;
        _most = (int)(MostBytes / Math.Max(1, ViewTable.BytesOf(data.Symbols, bars)));
    }

    /// <summary>Gives walks that have begun, and not walked yet, the tables they share.</summary>
    public void Share(ReadOnlySpan<Walk> walks)
    {
        _readers.Clear();
        List<Walk> left = [.. walks];
        while (left.Count >= FewestWalks && _readers.Count < _most)
        {
            Walk first = left[0];
            List<Walk> alike = left.FindAll(first.SharesColumns);
            left.RemoveAll(first.SharesColumns);
            if (alike.Count >= FewestWalks)
            {
                ViewTable table = Table(_readers.Count);
                _readers.Add(first);
                alike.ForEach(walk => walk.Keep(table));
            }
        }
    }

    /// <summary>Makes the snapshots of a stretch.</summary>
    /// <param name="start">Its first tick.</param>
    /// <param name="stop">The first tick behind it.</param>
    public void Make(int start, int stop)
    {
        for (int i = 0; i < _readers.Count; i++)
        {
            _readers[i].Make(_tables[i], start, stop);
        }
    }

    public void Dispose() => _tables.ForEach(table => table.Dispose());

    private ViewTable Table(int number)
    {
        if (number == _tables.Count)
        {
            _tables.Add(new ViewTable(_data.Symbols, _bars));
        }

        _tables[number].Forget();
        return _tables[number];
    }
}
