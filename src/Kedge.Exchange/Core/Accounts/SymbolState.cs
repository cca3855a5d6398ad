namespace Kedge.Exchange.Core.Accounts;

/// <summary>Prices and totals of one symbol.</summary>
internal struct SymbolState
{
    /// <summary>Mark, ticks; 0 before the first.</summary>
    public long Mark;

    /// <summary>Oracle, ticks.</summary>
    public long Oracle;

    /// <summary>Lots held long by all accounts together.</summary>
    public long OpenInterest;

    /// <summary>Hourly, 1e-10.</summary>
    public long FundingRate;

    /// <summary>Price of the last trade, ticks.</summary>
    public long LastTrade;

    /// <summary>Lots of which sizes of new orders are multiples.</summary>
    public long SizeStep;

    /// <summary>Decimals that sizes of new orders may have.</summary>
    public int SizeDecimals;

    /// <summary>No longer traded.</summary>
    public bool IsDelisted;
}
