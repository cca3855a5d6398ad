namespace Kedge.Kernel;

/// <summary>What the step wants done. Nothing in the account has changed yet.</summary>
public struct KernelOrder
{
    /// <summary>Size, base asset.</summary>
    public double Size;

    /// <summary>Price the decision was made at.</summary>
    public double Price;

    /// <summary>Fill price to expect: <see cref="Price"/> with slippage. The fused fill model fills here.</summary>
    public double ExpectedPrice;

    /// <summary>Leverage of an open or add.</summary>
    public double Leverage;

    /// <summary>Margin an open or add needs at <see cref="ExpectedPrice"/>; 0 for exits.</summary>
    public double Margin;

    /// <summary>Fee at <see cref="ExpectedPrice"/>.</summary>
    public double Fee;

    /// <summary>ATR a new position takes over (floored).</summary>
    public double EntryAtr;

    /// <summary>Entry-ADX threshold a new position takes over.</summary>
    public double EntryAdxThreshold;

    /// <summary>Numbers of the reason, see <see cref="ReasonCode"/>.</summary>
    public double Value;

    /// <summary>Second number of the reason.</summary>
    public double Value2;

    /// <summary>Third number of the reason.</summary>
    public double Value3;

    /// <summary>Tick of the decision, epoch ms.</summary>
    public long TimeMs;

    /// <summary>Ordinal rank of the symbol.</summary>
    public int Symbol;

    /// <summary>What it does.</summary>
    public OrderAction Action;

    /// <summary>Side of the position it opens, adds to or reduces.</summary>
    public Side Side;

    /// <summary>Confidence of the signal (entries) or of the position (exits).</summary>
    public Confidence Confidence;

    /// <summary>Why.</summary>
    public ReasonCode Reason;

    /// <summary>Whether the order buys.</summary>
    public readonly bool Buys => (Action == OrderAction.Open || Action == OrderAction.Add) == (Side == Side.Long);
}
