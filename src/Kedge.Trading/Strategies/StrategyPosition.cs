using Kedge.Kernel;

namespace Kedge.Trading.Strategies;

/// <summary>What a strategy holds of a symbol.</summary>
/// <param name="Side">Long, short, or flat.</param>
/// <param name="Size">Base units, ≥ 0.</param>
/// <param name="EntryPrice">Average price of its entries; 0 when flat.</param>
/// <param name="OpenedMs">When it was opened, UTC epoch milliseconds; 0 when flat.</param>
/// <param name="IsWorking">An order of the symbol is on its way.</param>
public readonly record struct StrategyPosition(Side Side, double Size, double EntryPrice, long OpenedMs, bool IsWorking = false)
{
    /// <summary>Nothing is held.</summary>
    public bool IsFlat => Side == Side.Flat;
}
