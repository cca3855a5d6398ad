namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// Weight of requests in any 60 seconds. A request counts from its sending until 60 seconds after its end: the venue counts it at some moment in
/// between, so that whatever the network's delays the venue never sees more than the budget in 60 seconds of its own.
/// </summary>
internal sealed class WeightWindow(int budget)
{
    /// <summary>Length of the window.</summary>
    public const long WindowMs = 60_000;

    private readonly Queue<(long FreeAt, int Weight)> ended = new();
    private int underWay;
    private int endedWeight;

    /// <summary>What may be used.</summary>
    public int Budget => budget;

    /// <summary>What is used.</summary>
    public int Used => underWay + endedWeight;

    /// <summary>When some of it becomes free; <see cref="long.MaxValue"/> when nothing that has ended is counted.</summary>
    public long NextFreeMs => ended.Count > 0 ? ended.Peek().FreeAt : long.MaxValue;

    /// <summary>Lets go what is old enough.</summary>
    public void Advance(long nowMs)
    {
        while (ended.Count > 0 && ended.Peek().FreeAt <= nowMs)
        {
            endedWeight -= ended.Dequeue().Weight;
        }
    }

    /// <summary>Whether a weight fits and leaves a reserve.</summary>
    public bool Fits(int weight, int reserve) => Used + weight + reserve <= budget;

    /// <summary>A request of this weight is sent.</summary>
    public void Take(int weight) => underWay += weight;

    /// <summary>It ended; what it did not cost after all is free at once.</summary>
    public void End(int taken, int cost, long nowMs)
    {
        underWay -= taken;
        if (cost > 0)
        {
            ended.Enqueue((nowMs + WindowMs, cost));
            endedWeight += cost;
        }
    }
}
