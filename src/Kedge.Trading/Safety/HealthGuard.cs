namespace Kedge.Trading.Safety;

/// <summary>What is guarded.</summary>
public enum HealthGuard
{
    /// <summary>Fills that wait to be written.</summary>
    PendingFills = 0,

    /// <summary>Batches of fills that could not be written.</summary>
    FillIngestFailed = 1,

    /// <summary>Fills that belong to no order of ours.</summary>
    UnmatchedFills = 2,
}
