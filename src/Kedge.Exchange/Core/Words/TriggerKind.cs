namespace Kedge.Exchange.Core;

/// <summary>On which side of the mark a trigger order waits.</summary>
public enum TriggerKind : byte
{
    /// <summary>Not a trigger order.</summary>
    None,

    /// <summary>Take profit: a sell fires when the mark is at or above the trigger price, a buy when at or below.</summary>
    TakeProfit,

    /// <summary>Stop loss: a sell fires when the mark is at or below the trigger price, a buy when at or above.</summary>
    StopLoss,
}
