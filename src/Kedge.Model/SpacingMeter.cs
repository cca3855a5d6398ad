namespace Kedge.Model;

/// <summary>The median of distances as they come in. Distances of a series take few values, so counting them is enough.</summary>
/// <param name="fallbackMs">The median of nothing.</param>
internal sealed class SpacingMeter(long fallbackMs)
{
    private readonly SortedList<long, int> _counts = [];
    private int _total;

    /// <summary>Median of the distances so far, milliseconds.</summary>
    public long MedianMs { get; private set; } = fallbackMs;

    /// <summary>Takes one distance, milliseconds.</summary>
    public void Add(long distanceMs)
    {
        _counts[distanceMs] = _counts.GetValueOrDefault(distanceMs) + 1;
        _total++;
        int before = 0;
        for (int i = 0; i < _counts.Count; i++)
        {
            before += _counts.Values[i];
            if (before > _total / 2)
            {
                MedianMs = _counts.Keys[i];
                return;
            }
        }
    }
}
