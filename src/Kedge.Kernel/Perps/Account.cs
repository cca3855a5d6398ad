namespace Kedge.Kernel.Perps;

/// <summary>The one account of a portfolio, quote currency. Margin is part of the balance, not deducted from it.</summary>
public struct Account
{
    /// <summary>Realised wallet.</summary>
    public double Balance;

    /// <summary>Σ margin of open positions.</summary>
    public double Margin;

    /// <summary>Margin and fees reserved for orders that are working.</summary>
    public double Reserved;

    /// <summary>Σ fees paid.</summary>
    public double Fees;

    /// <summary>Σ funding, positive when received.</summary>
    public double Funding;

    /// <summary>Σ realised profit before fees.</summary>
    public double RealisedPnl;

    /// <summary>Hash over everything that happened, see <see cref="StateHash"/>.</summary>
    public ulong Hash;

    /// <summary>Positions opened so far; the next one gets this number plus one.</summary>
    public long PositionsOpened;

    /// <summary>Open positions.</summary>
    public int OpenPositions;

    /// <summary>Orders working at a venue.</summary>
    public int WorkingOrders;

    /// <summary>Entries made at the current tick.</summary>
    public int EntriesThisTick;

    /// <summary>A flat account.</summary>
    /// <param name="balance">Wallet at the start, quote currency.</param>
    public Account(double balance)
    {
        this = default;
        Balance = balance;
        Hash = StateHash.Seed;
    }

    /// <summary>Cash an entry may use: balance − Σ margin − reserved.</summary>
    public readonly double FreeCash => Balance - Margin - Reserved;

    /// <summary>Margin in use for every limit: held and reserved.</summary>
    public readonly double Committed => Margin + Reserved;
}
