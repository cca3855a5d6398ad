using Kedge.Kernel;

namespace Kedge.Trading.Risk;

/// <summary>What one symbol adds to the risk of the portfolio: its position, and the rest of an entry order that is working or unknown.</summary>
public readonly record struct RiskPosition
{
    /// <summary>Ordinal rank of the symbol.</summary>
    public required int Symbol { get; init; }

    /// <summary>Side of the position; flat when there is none.</summary>
    public Side Side { get; init; }

    /// <summary>Base units held.</summary>
    public double Size { get; init; }

    /// <summary>Last price; 0 = not known, then the entry price stands in.</summary>
    public double Mark { get; init; }

    /// <summary>Average entry price.</summary>
    public double EntryPrice { get; init; }

    /// <summary>ATR of the entry in price units; 0 = not known.</summary>
    public double EntryAtr { get; init; }

    /// <summary>Trailing stop; 0 = none.</summary>
    public double TrailingStop { get; init; }

    /// <summary>The symbol's own stop multiple; 0 = use <c>risk.heat.sl_atr_mult</c>.</summary>
    public double StopAtrMult { get; init; }

    /// <summary>Side of an entry order that is working or unknown; flat when there is none.</summary>
    public Side WorkingSide { get; init; }

    /// <summary>Size of that order that is not filled yet, base units.</summary>
    public double WorkingSize { get; init; }

    /// <summary>Price to expect of it.</summary>
    public double WorkingPrice { get; init; }

    /// <summary>ATR of it in price units; 0 = not known.</summary>
    public double WorkingAtr { get; init; }
}
