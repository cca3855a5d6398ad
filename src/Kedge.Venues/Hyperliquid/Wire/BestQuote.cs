namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Best bid and offer of one symbol. A side that is empty has price and size 0.</summary>
public struct BestQuote
{
    /// <summary>Symbol id; −1 when the table does not name the symbol.</summary>
    public int SymbolId;

    /// <summary>Time of the block, UTC epoch milliseconds.</summary>
    public long TimeMs;

    /// <summary>Best bid.</summary>
    public double BidPrice;

    /// <summary>Base units at the best bid.</summary>
    public double BidSize;

    /// <summary>Best offer.</summary>
    public double AskPrice;

    /// <summary>Base units at the best offer.</summary>
    public double AskSize;
}
