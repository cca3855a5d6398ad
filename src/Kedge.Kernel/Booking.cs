namespace Kedge.Kernel;

/// <summary>One change of the account: a fill or a funding payment, with everything a report or ledger needs.</summary>
public struct Booking
{
    /// <summary>Fill price; the mark for funding.</summary>
    public double Price;

    /// <summary>Size filled; the whole position for funding.</summary>
    public double Size;

    /// <summary>Size × price.</summary>
    public double Notional;

    /// <summary>Profit before fees; the payment for funding; 0 for opens and adds.</summary>
    public double Pnl;

    /// <summary>Fee of this fill.</summary>
    public double Fee;

    /// <summary>Part of the entry fees that belongs to what this fill closed.</summary>
    public double EntryFees;

    /// <summary>Wallet after the booking.</summary>
    public double Balance;

    /// <summary>ATR of the position's entry.</summary>
    public double EntryAtr;

    /// <summary>Average entry price of the position before this fill (after it, for opens and adds).</summary>
    public double EntryPrice;

    /// <summary>Fill price of the position's first entry.</summary>
    public double FirstEntryPrice;

    /// <summary>Leverage of the position.</summary>
    public double Leverage;

    /// <summary>Margin: of the position after an open or add, of the closed part for exits.</summary>
    public double Margin;

    /// <summary>Best price since the entry.</summary>
    public double BestPrice;

    /// <summary>Worst price since the entry.</summary>
    public double WorstPrice;

    /// <summary>Trailing stop in force; 0 when there is none.</summary>
    public double TrailingStop;

    /// <summary>First number of the reason.</summary>
    public double Value;

    /// <summary>Second number of the reason.</summary>
    public double Value2;

    /// <summary>Third number of the reason.</summary>
    public double Value3;

    /// <summary>When, epoch ms.</summary>
    public long TimeMs;

    /// <summary>When the position was opened, epoch ms.</summary>
    public long OpenedAtMs;

    /// <summary>Number of the position within the run, from 1.</summary>
    public long PositionId;

    /// <summary>Ordinal rank of the symbol.</summary>
    public int Symbol;

    /// <summary>What was done.</summary>
    public OrderAction Action;

    /// <summary>Side of the position.</summary>
    public Side Side;

    /// <summary>Confidence of the signal (opens and adds) or of the position.</summary>
    public Confidence Confidence;

    /// <summary>Why.</summary>
    public ReasonCode Reason;
}
