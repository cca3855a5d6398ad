namespace Kedge.Kernel.Fused;

/// <summary>Recorded candles and funding of all symbols, and the window they are traded in. All runs over a market share it.</summary>
public unsafe struct FusedMarket
{
    /// <summary>Symbols in their rank.</summary>
    public FusedSymbol* Symbols;

    /// <summary>Which of a run's parameters each symbol has, by its rank; null: its own, at its rank.</summary>
    public int* Groups;

    /// <summary>Length of a main bar, ms.</summary>
    public long MainIntervalMs;

    /// <summary>First tick of the trade window, epoch ms.</summary>
    public long FromMs;

    /// <summary>Last tick of the trade window, epoch ms.</summary>
    public long ToMs;

    /// <summary>An hour boundary at or before the first tick, epoch ms.</summary>
    public long FirstBoundaryMs;

    /// <summary>End of the day, UTC, that the first tick of the trade window lies in, epoch ms; a day holds its end. Only read where curves are kept.</summary>
    public long FirstDayEndMs;

    /// <summary>Main bars a symbol must have before it may trade.</summary>
    public long Lookback;

    /// <summary>Number of symbols.</summary>
    public int Count;

    /// <summary>Rank of BTC; −1 when it is not among them.</summary>
    public int Btc;

    /// <summary>Whether there is funding: without it no snapshot is given a rate.</summary>
    public bool HasFunding;

    /// <summary>Where a run has the parameters of a symbol.</summary>
    public readonly int GroupOf(int symbol) => Groups == null ? symbol : Groups[symbol];
}
