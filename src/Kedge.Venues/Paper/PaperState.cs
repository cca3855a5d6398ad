using Kedge.Model.Orders;

namespace Kedge.Venues.Paper;

/// <summary>Everything a paper venue remembers; prices are not among it, for they would be stale. Can be written as JSON and read back.</summary>
public sealed record PaperState
{
    /// <summary>Wallet, USD.</summary>
    public double Balance { get; init; }

    /// <summary>Margin of open positions, USD.</summary>
    public double Margin { get; init; }

    /// <summary>Fees paid so far, USD.</summary>
    public double Fees { get; init; }

    /// <summary>Funding received so far, USD; negative was paid.</summary>
    public double Funding { get; init; }

    /// <summary>Realised profit so far before fees, USD.</summary>
    public double RealisedPnl { get; init; }

    /// <summary>The kernel's hash over everything booked.</summary>
    public ulong Hash { get; init; }

    /// <summary>Positions opened so far.</summary>
    public long PositionsOpened { get; init; }

    /// <summary>Id of the next order.</summary>
    public long NextOrderId { get; init; } = 1;

    /// <summary>Id of the next trade.</summary>
    public long NextTradeId { get; init; } = 1;

    /// <summary>Latest moment that was stamped on anything, UTC epoch milliseconds.</summary>
    public long LastMs { get; init; }

    /// <summary>Last full hour funding was reckoned for, UTC epoch milliseconds; 0 for none.</summary>
    public long LastHourMs { get; init; }

    /// <summary>When the dead man's switch cancels everything; null for never.</summary>
    public long? CancelAllAtMs { get; init; }

    /// <summary>Whether ended orders were forgotten, so that "not found" proves nothing any more.</summary>
    public bool HasForgotten { get; init; }

    /// <summary>Settings and positions, one entry a symbol.</summary>
    public IReadOnlyList<PaperHolding> Holdings { get; init; } = [];

    /// <summary>Live orders, oldest first.</summary>
    public IReadOnlyList<PaperOrder> Orders { get; init; } = [];

    /// <summary>Ended orders that can be asked about, oldest first.</summary>
    public IReadOnlyList<OrderReport> Ended { get; init; } = [];

    /// <summary>Fills and funding that the listener has not said it keeps, in the order they were told.</summary>
    public IReadOnlyList<PaperTold> Unkept { get; init; } = [];

    /// <summary>Identifies the last funding payment told; null for none.</summary>
    public string? LastFundingKey { get; init; }

    /// <summary>Trade and order ids of the fills of the last moment there was one.</summary>
    public IReadOnlyList<PaperFillKey> LastFillKeys { get; init; } = [];

    /// <summary>That moment, UTC epoch milliseconds.</summary>
    public long LastFillMs { get; init; }

    /// <summary>Funding owed whose rate is not known yet.</summary>
    public IReadOnlyList<PaperFundingDue> FundingDue { get; init; } = [];
}
