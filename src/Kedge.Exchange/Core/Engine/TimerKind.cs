namespace Kedge.Exchange.Core.Engine;

/// <summary>What is due at a moment; of one moment, in this order.</summary>
internal enum TimerKind : byte
{
    /// <summary>A dead man's switch.</summary>
    ScheduledCancel,

    /// <summary>The second step of a liquidation.</summary>
    Liquidation,

    /// <summary>Funding of all positions.</summary>
    Funding,
}
