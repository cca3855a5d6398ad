namespace Kedge.Trading.Safety;

/// <summary>Keys of the latches. One cause, one key.</summary>
public static class KillKeys
{
    /// <summary><c>AI_QUANT_KILL_SWITCH</c>.</summary>
    public const string Environment = "env";

    /// <summary><c>AI_QUANT_HARD_KILL_SWITCH</c>.</summary>
    public const string HardEnvironment = "env_hard";

    /// <summary><c>AI_QUANT_KILL_SWITCH_FILE</c>.</summary>
    public const string File = "file";

    /// <summary>An operator's command.</summary>
    public const string Operator = "operator";

    /// <summary>Loss since 00:00 UTC.</summary>
    public const string DailyLoss = "daily_loss";

    /// <summary>Loss since the highest equity.</summary>
    public const string Drawdown = "drawdown";

    /// <summary>Fills far from the quote at submit.</summary>
    public const string SlippageGuard = "slippage_guard";

    /// <summary>Round trips that lose.</summary>
    public const string PerformanceStop = "perf_stop";

    /// <summary>Nobody knows what the account is worth.</summary>
    public const string EquityUnknown = "equity_unknown";

    /// <summary>The ledger cannot be written.</summary>
    public const string Ledger = "ledger";

    /// <summary>The journal cannot be written.</summary>
    public const string Journal = "journal";

    /// <summary>Venue and ledger differ by more than may be.</summary>
    public const string Reconcile = "reconcile";

    /// <summary>Prefix of the health guards' keys, e.g. <c>health:pending_fills</c>.</summary>
    public const string HealthPrefix = "health:";
}
