namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What became of one element of an action.</summary>
public enum ExchangeStatusKind
{
    /// <summary>The answer was not understood: the outcome has to be asked for.</summary>
    Unknown,

    /// <summary>In the book.</summary>
    Resting,

    /// <summary>Filled, in whole or as far as it could be.</summary>
    Filled,

    /// <summary>Cancelled.</summary>
    Success,

    /// <summary>Refused.</summary>
    Rejected,

    /// <summary>Waits for its parent to fill.</summary>
    WaitingForFill,

    /// <summary>Waits for its trigger.</summary>
    WaitingForTrigger,
}
