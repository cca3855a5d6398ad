using Kedge.Kernel;

namespace Kedge.Trading.Risk;

/// <summary>An order that asks to be let through.</summary>
public readonly record struct RiskRequest
{
    /// <summary>Ordinal rank of the symbol.</summary>
    public required int Symbol { get; init; }

    /// <summary>What it does.</summary>
    public required RiskAction Action { get; init; }

    /// <summary>Side of the position it opens, adds to or reduces.</summary>
    public Side Side { get; init; }

    /// <summary>Base units, above zero.</summary>
    public double Size { get; init; }

    /// <summary>Fill price to expect, above zero.</summary>
    public double ExpectedPrice { get; init; }

    /// <summary>Leverage of an entry.</summary>
    public double Leverage { get; init; }

    /// <summary>ATR of an entry in price units; 0 = not known.</summary>
    public double Atr { get; init; }

    /// <summary>The symbol's own <c>trade.sl_atr_mult</c>; 0 = use <c>risk.heat.sl_atr_mult</c>.</summary>
    public double StopAtrMult { get; init; }

    /// <summary>How much it may wait.</summary>
    public OrderUrgency Urgency { get; init; }

    /// <summary>An operator ordered it by name: with <c>halt_all</c> he may still exit.</summary>
    public bool ByOperator { get; init; }

    /// <summary>Size × expected price, USD.</summary>
    public double Notional => Size * ExpectedPrice;
}
