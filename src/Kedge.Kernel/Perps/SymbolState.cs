namespace Kedge.Kernel.Perps;

/// <summary>Everything the portfolio remembers about one symbol.</summary>
public struct SymbolState
{
    /// <summary>The open position, if any.</summary>
    public Position Position;

    /// <summary>The order at the venue, if any.</summary>
    public WorkingOrder Working;

    /// <summary>Signal of the current tick after reversal and regime rules; valid while <see cref="SignalTimeMs"/> is the tick.</summary>
    public Signal Signal;

    /// <summary>Price the signal was made at; sizing uses it.</summary>
    public double SignalPrice;

    /// <summary>Last known price: the latest close of any of the symbol's series. 0 before the first.</summary>
    public double Mark;

    /// <summary>Tick of <see cref="Signal"/>, epoch ms.</summary>
    public long SignalTimeMs;

    /// <summary>When the symbol last had a bar, epoch ms of its close.</summary>
    public long LastBarMs;

    /// <summary>Last entry or add, epoch ms of the tick that decided it: the entry cooldown counts from here.</summary>
    public long LastEntryMs;

    /// <summary>Last exit, full or partial, epoch ms of the decision: exit and post-exit cooldown count from here.</summary>
    public long LastExitMs;

    /// <summary>Side of the last exit; Flat when there was none.</summary>
    public Side LastExitSide;

    /// <summary>Whether <see cref="LastEntryMs"/> is set.</summary>
    public bool HasEntered;

    /// <summary>Whether <see cref="LastExitMs"/> is set.</summary>
    public bool HasExited;

    /// <summary>Whether the last exit was a signal flip, which the post-exit cooldown ignores.</summary>
    public bool LastExitWasFlip;

    /// <summary>Whether the symbol takes up one of the allowed positions: open, or an opening order is working.</summary>
    public readonly bool CountsAsPosition => Position.IsOpen || Working.Action == OrderAction.Open;
}
