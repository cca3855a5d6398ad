namespace Kedge.Venues.Dry;

/// <summary>Keeps the latest records in memory. Safe for any thread.</summary>
/// <param name="capacity">How many, at least 1; then the oldest goes.</param>
public sealed class DryLog(int capacity) : IDrySink
{
    private readonly Lock _lock = new();
    private readonly Queue<DryRecord> _records = new();
    private readonly int _capacity = capacity > 0 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity));

    /// <summary>How many records came in all; those that are no longer kept included.</summary>
    public long Total { get; private set; }

    /// <summary>What is kept, oldest first.</summary>
    public IReadOnlyList<DryRecord> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <inheritdoc/>
    public void Written(DryRecord record)
    {
        lock (_lock)
        {
            Total++;
            _records.Enqueue(record);
            if (_records.Count > _capacity)
            {
                _records.Dequeue();
            }
        }
    }
}
