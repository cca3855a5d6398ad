namespace Kedge.Trading.Risk;

/// <summary>
/// The portfolio as one request sees it, as if every entry order that is working or unknown had filled completely. Start one with
/// <see cref="RiskManager.View"/>, count every symbol that holds or works something with <see cref="RiskManager.Count"/>.
/// </summary>
public struct RiskView
{
    /// <summary>Rank of the symbol that asks.</summary>
    public int Symbol;

    /// <summary>Equity in USD; not a number when it is not known.</summary>
    public double Equity;

    /// <summary>Σ notional of longs, held and working.</summary>
    public double Long;

    /// <summary>Σ notional of shorts, held and working.</summary>
    public double Short;

    /// <summary>The part of <see cref="Long"/> that is held.</summary>
    public double HeldLong;

    /// <summary>The part of <see cref="Short"/> that is held.</summary>
    public double HeldShort;

    /// <summary>Notional of the symbol that asks, held and working.</summary>
    public double OfSymbol;

    /// <summary>Σ loss if every stop were hit, USD.</summary>
    public double Heat;

    /// <summary>Positions, opening orders included.</summary>
    public int Positions;

    /// <summary>Long positions in symbols that are not excluded from the concentration limit.</summary>
    public int AltLongs;

    /// <summary>Short positions in symbols that are not excluded from the concentration limit.</summary>
    public int AltShorts;

    /// <summary>Whether the symbol that asks is held, or an order in it works.</summary>
    public bool HoldsSymbol;

    /// <summary>Σ |notional|, held and working.</summary>
    public readonly double Gross => Long + Short;

    /// <summary>(Σ |notional| held and working) ÷ equity; what <c>risk.max_exposure</c> limits.</summary>
    public readonly double Exposure => Gross / Equity;
}
