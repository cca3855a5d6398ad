namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>What the take-profit ladder says.</summary>
public enum TakeProfitOutcome
{
    /// <summary>Not reached, or nothing left to do.</summary>
    Hold = 0,

    /// <summary>Close the configured fraction.</summary>
    Partial = 1,

    /// <summary>The partial level is reached, but what would remain is below the minimum notional.</summary>
    RemainderTooSmall = 2,

    /// <summary>Close everything.</summary>
    Full = 3,
}
