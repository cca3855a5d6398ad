namespace Kedge.Data.Feed;

/// <summary>Spreads the weight of questions evenly over time; what is saved up is good for a few questions at once.</summary>
internal sealed class QueryBudget(int weightPerMinute)
{
    private const int BaseWeight = 20;
    private const int BarsPerWeight = 60;
    private readonly double _perMs = weightPerMinute / 60_000.0;
    private readonly double _most = Math.Max(weightPerMinute / 3.0, 150.0);
    private double _saved = Math.Max(weightPerMinute / 3.0, 150.0);
    private long _atMs;

    /// <summary>Weight of all questions so far.</summary>
    public long Used { get; private set; }

    /// <summary>Pays for a question about some bars; false when it has to wait. It may run into debt for one question.</summary>
    public bool TryPay(long bars, long nowMs) =>
        TryPayWeight(BaseWeight + (int)((bars + BarsPerWeight - 1) / BarsPerWeight), nowMs);

    /// <summary>Pays for a question of a weight of at least 20, likewise.</summary>
    /// <param name="weight">Its weight.</param>
    /// <param name="nowMs">Monotonic.</param>
    /// <param name="isSpare">Only when half of what can be saved up is left afterwards.</param>
    public bool TryPayWeight(int weight, long nowMs, bool isSpare = false)
    {
        if (_atMs == 0)
        {
            _atMs = nowMs;
        }

        _saved = Math.Min(_most, _saved + ((nowMs - _atMs) * _perMs));
        _atMs = nowMs;
        if (_saved < (isSpare ? weight + (_most / 2) : BaseWeight))
        {
            return false;
        }

        _saved -= weight;
        Used += weight;
        return true;
    }
}
