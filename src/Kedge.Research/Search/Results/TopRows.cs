namespace Kedge.Research.Search.Results;

/// <summary>The best rows of a search: never more than asked for are kept, however many pass.</summary>
public sealed class TopRows
{
    private readonly int _most;

    // Worst first, so that the row a better one replaces is at the front.
    private readonly PriorityQueue<RankedRow, RankedRow> _kept = new(
        Comparer<RankedRow>.Create(
            (a, b) =>
                ReferenceEquals(a, b) ? 0
                : a.IsAbove(b) ? 1
                : -1
        )
    );

    /// <summary>None yet.</summary>
    /// <param name="most">How many are kept, ≥ 0.</param>
    public TopRows(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        _most = most;
    }

    /// <summary>What was tried: every row that was taken, kept or not.</summary>
    public TrialTally Tally { get; } = new();

    /// <summary>Best row so far; null when there is none.</summary>
    public RankedRow? Best { get; private set; }

    /// <summary>Takes a row.</summary>
    public void Add(RankedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Tally.Add(row.Sharpe);
        if (Best is null || row.IsAbove(Best))
        {
            Best = row;
        }

        if (_kept.Count < _most)
        {
            _kept.Enqueue(row, row);
        }
        else if (_most > 0 && row.IsAbove(_kept.Peek()))
        {
            _kept.EnqueueDequeue(row, row);
        }
    }

    /// <summary>The rows kept, best first.</summary>
    public IReadOnlyList<RankedRow> Ranked()
    {
        List<RankedRow> rows = [.. _kept.UnorderedItems.Select(i => i.Element)];
        rows.Sort(
            (a, b) =>
                ReferenceEquals(a, b) ? 0
                : a.IsAbove(b) ? -1
                : 1
        );
        return rows;
    }
}
