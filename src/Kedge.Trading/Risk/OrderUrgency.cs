namespace Kedge.Trading.Risk;

/// <summary>How much an exit or a cancel may wait. Entries always may.</summary>
public enum OrderUrgency
{
    /// <summary>It can wait for a rate limit.</summary>
    Normal = 0,

    /// <summary>A stop, a close for drawdown, an exit by an operator: no rate, no gap and no cooldown holds it; it still counts.</summary>
    Protective = 1,

    /// <summary>The venue does it, whatever we say: liquidation, delisting, end of a replay. Counted, never refused.</summary>
    Forced = 2,
}
