namespace Kedge.Trading.Safety;

/// <summary><c>risk.health</c>: what goes wrong inside, and when it stops trading.</summary>
public sealed record HealthSettings
{
    /// <summary>Whether guards alert and latch at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Least time between two alerts of one guard, seconds. Latches do not wait for it.</summary>
    public int AlertCooldownS { get; init; } = 300;

    /// <summary>Time without recurrence after which a guard is calm again, seconds.</summary>
    public int ResolveAfterS { get; init; } = 600;

    /// <summary>Failed batches of fills in a row.</summary>
    public int FillIngestFails { get; init; } = 5;

    /// <summary>What they latch; off = only an alert.</summary>
    public KillMode FillIngestKill { get; init; } = KillMode.CloseOnly;

    /// <summary>Time over which unmatched fills are counted, seconds.</summary>
    public int UnmatchedWindowS { get; init; } = 900;

    /// <summary>Unmatched fills within it.</summary>
    public int UnmatchedFills { get; init; } = 1;

    /// <summary>What they latch; off = only an alert.</summary>
    public KillMode UnmatchedKill { get; init; } = KillMode.Off;

    /// <summary>Time after the start in which unmatched fills say nothing, seconds.</summary>
    public int UnmatchedGraceS { get; init; } = 120;

    /// <summary>Fills that wait to be written.</summary>
    public int PendingFills { get; init; } = 20_000;

    /// <summary>What they latch; off = only an alert.</summary>
    public KillMode PendingFillsKill { get; init; } = KillMode.CloseOnly;
}
