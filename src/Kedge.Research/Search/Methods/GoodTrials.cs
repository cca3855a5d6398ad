namespace Kedge.Research.Search.Methods;

/// <summary>
/// The best configurations so far: a bounded number of them, in order, each with the places of its values. Of those with the same score only the first is kept: they differ in what
/// has no effect, and a search that counts copies as good ends up making nothing else.
/// </summary>
internal sealed class GoodTrials
{
    /// <summary>Most that are kept, and so most that can count as good.</summary>
    public const int Most = 500;

    private readonly List<Entry> _best = new(Most + 1);

    /// <summary>Kept, best first.</summary>
    public int Count => _best.Count;

    /// <summary>Places of the values of one.</summary>
    public short[] Places(int rank) => _best[rank].Places;

    /// <summary>Takes a configuration.</summary>
    public void Add(double score, short[] places)
    {
        if (double.IsNaN(score) || (_best.Count == Most && !(score > _best[^1].Score)))
        {
            return;
        }

        int low = 0;
        int high = _best.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_best[middle].Score >= score)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low > 0 && _best[low - 1].Score == score)
        {
            return;
        }

        _best.Insert(low, new Entry(score, places));
        if (_best.Count > Most)
        {
            _best.RemoveAt(Most);
        }
    }

    private readonly record struct Entry(double Score, short[] Places);
}
