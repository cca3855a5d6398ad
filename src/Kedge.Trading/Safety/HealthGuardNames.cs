namespace Kedge.Trading.Safety;

/// <summary>Names of the guards.</summary>
public static class HealthGuardNames
{
    /// <summary>The name as alerts and latches write it.</summary>
    public static string Name(this HealthGuard guard) =>
        guard switch
        {
            HealthGuard.PendingFills => "pending_fills",
            HealthGuard.FillIngestFailed => "fill_ingest_failed",
            HealthGuard.UnmatchedFills => "unmatched_fills",
            _ => throw new ArgumentOutOfRangeException(nameof(guard), guard, "There is no such guard."),
        };
}
