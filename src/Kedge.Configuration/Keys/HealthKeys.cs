namespace Kedge.Configuration.Keys;

/// <summary>Guards over what goes wrong inside.</summary>
internal static class HealthKeys
{
    private static readonly string[] KillModeWords = ["close_only", "halt_all"];

    public static void Add(KeyTableBuilder t)
    {
        t.Bool("risk.health.enabled", true, "Guards alert and stop trading.", "AI_QUANT_HEALTH_GUARD");
        t.Int(
            "risk.health.alert_cooldown_s",
            300,
            ValueRange.Between(0, 86400),
            "Seconds between two alerts of one guard; what it latches does not wait.",
            "AI_QUANT_HEALTH_ALERT_COOLDOWN_S"
        );
        t.Int(
            "risk.health.resolve_after_s",
            600,
            ValueRange.Between(1, 86400),
            "Seconds without recurrence after which a guard is calm.",
            "AI_QUANT_HEALTH_RESOLVE_AFTER_S"
        );
        t.Int(
            "risk.health.fill_ingest_fails_to_kill",
            5,
            ValueRange.Between(1, 1000),
            "Batches of fills in a row that could not be written.",
            "AI_QUANT_HEALTH_FILL_INGEST_FAILS_TO_KILL"
        );
        t.Bool("risk.health.fill_ingest_kill", true, "Whether they stop trading.", "AI_QUANT_HEALTH_FILL_INGEST_KILL");
        t.Choice(
            "risk.health.fill_ingest_kill_mode",
            "close_only",
            KillModeWords,
            "How.",
            "AI_QUANT_HEALTH_FILL_INGEST_KILL_MODE"
        );
        t.Int(
            "risk.health.unmatched_window_s",
            900,
            ValueRange.Between(1, 86400),
            "Seconds over which fills that belong to no order of ours are counted.",
            "AI_QUANT_HEALTH_UNMATCHED_WINDOW_S"
        );
        t.Int(
            "risk.health.unmatched_alert_n",
            1,
            ValueRange.Between(1, 1000),
            "How many of them alert.",
            "AI_QUANT_HEALTH_UNMATCHED_ALERT_N"
        );
        t.Bool("risk.health.unmatched_kill", false, "Whether they stop trading.", "AI_QUANT_HEALTH_UNMATCHED_KILL");
        t.Choice("risk.health.unmatched_kill_mode", "close_only", KillModeWords, "How.", "AI_QUANT_HEALTH_UNMATCHED_KILL_MODE");
        t.Int(
            "risk.health.unmatched_grace_s",
            120,
            ValueRange.Between(0, 86400),
            "Seconds after the start in which they say nothing.",
            "AI_QUANT_HEALTH_UNMATCHED_GRACE_S"
        );
        t.Int(
            "risk.health.pending_fills_to_kill",
            20000,
            ValueRange.Between(1, 10000000),
            "Fills that wait to be written.",
            "AI_QUANT_HEALTH_PENDING_FILLS_TO_KILL"
        );
        t.Bool("risk.health.pending_fills_kill", true, "Whether they stop trading.", "AI_QUANT_HEALTH_PENDING_FILLS_KILL");
        t.Choice(
            "risk.health.pending_fills_kill_mode",
            "close_only",
            KillModeWords,
            "How.",
            "AI_QUANT_HEALTH_PENDING_FILLS_KILL_MODE"
        );
    }
}
