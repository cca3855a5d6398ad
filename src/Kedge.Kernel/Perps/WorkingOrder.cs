namespace Kedge.Kernel.Perps;

/// <summary>The one order a symbol may have at a venue, and what it reserves. <see cref="Action"/> is None when there is none.</summary>
public struct WorkingOrder
{
    /// <summary>Ordered size, base asset.</summary>
    public double Size;

    /// <summary>Part of <see cref="Size"/> filled so far.</summary>
    public double FilledSize;

    /// <summary>Margin still reserved for the unfilled part.</summary>
    public double ReservedMargin;

    /// <summary>Fee still reserved for the unfilled part.</summary>
    public double ReservedFee;

    /// <summary>Leverage the margin was computed with.</summary>
    public double Leverage;

    /// <summary>ATR a new position takes over.</summary>
    public double EntryAtr;

    /// <summary>Entry-ADX threshold a new position takes over.</summary>
    public double EntryAdxThreshold;

    /// <summary>First number of the reason, see <see cref="ReasonCode"/>.</summary>
    public double Value;

    /// <summary>Second number of the reason.</summary>
    public double Value2;

    /// <summary>Third number of the reason.</summary>
    public double Value3;

    /// <summary>Tick of the decision, epoch ms.</summary>
    public long SentAtMs;

    /// <summary>What it does.</summary>
    public OrderAction Action;

    /// <summary>Side of the position it opens, adds to or reduces.</summary>
    public Side Side;

    /// <summary>Confidence tier a new position takes over.</summary>
    public Confidence Confidence;

    /// <summary>Why it was sent.</summary>
    public ReasonCode Reason;

    /// <summary>Whether an order is working.</summary>
    public readonly bool IsWorking => Action != OrderAction.None;
}
