using Kedge.Crypto;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>Settings of the order desk.</summary>
/// <param name="Account">Whose orders are asked about: the master, sub-account or vault, never the agent.</param>
internal sealed record OrderDeskSettings(Address Account)
{
    /// <summary>How long after sending an order may still arrive, milliseconds by the venue's clock.</summary>
    public int OrderLifeMs { get; init; } = 10_000;

    /// <summary>Each so-manieth placement goes without an expiry; 0 for none.</summary>
    public int OpenEndedEvery { get; init; }

    /// <summary>How long after sending such an order may still arrive, milliseconds by the venue's clock.</summary>
    public int OpenEndedLifeMs { get; init; } = 660_000;

    /// <summary>The longest time after its sending in which any order may arrive, milliseconds.</summary>
    public int LongestLifeMs => OpenEndedEvery > 0 ? Math.Max(OrderLifeMs, OpenEndedLifeMs) : OrderLifeMs;

    /// <summary>How far the venue's clock must be past an expiry before "not found" counts, milliseconds.</summary>
    public int ExpiryMarginMs { get; init; } = 2_000;

    /// <summary>
    /// The largest step of the venue's clock that a proof of absence withstands, milliseconds, with 5 s to spare. "Not found" counts only when an
    /// order's life and this have passed by our monotonic clock since it was sent. If the clock stepped back before its time was heard to be past
    /// the expiry, it stays past it; if it steps back afterwards, it was so far past the expiry that it stays past it too.
    /// </summary>
    public int VenueClockStepMs { get; init; } = 35_000;

    /// <summary>When a request is given up, milliseconds.</summary>
    public int TimeoutMs { get; init; } = 10_000;

    /// <summary>How long a command waits for a nonce or for the venue's time before it is refused, milliseconds.</summary>
    public int NonceWaitMs { get; init; } = 5_000;

    /// <summary>Most commands that wait for a nonce; more are refused.</summary>
    public int MaxWaiting { get; init; } = 256;

    /// <summary>Most orders whose outcome is open or unknown; more are refused, so that none that is unknown has to be forgotten.</summary>
    public int MaxUnsettled { get; init; } = 1_024;

    /// <summary>Most orders in one placement.</summary>
    public int MaxBatch { get; init; } = 100;

    /// <summary>First pause between two questions about an order, milliseconds; doubles.</summary>
    public int FirstPauseMs { get; init; } = 250;

    /// <summary>Longest pause, milliseconds.</summary>
    public int LongestPauseMs { get; init; } = 15_000;

    /// <summary>Shortest pause between two answers that count as absence, milliseconds.</summary>
    public int AbsentPauseMs { get; init; } = 1_000;

    /// <summary>How many such answers are needed.</summary>
    public int AbsentAnswers { get; init; } = 3;

    /// <summary>Fills that the venue puts into one answer at most.</summary>
    public int FillsPerPage { get; init; } = 2_000;

    /// <summary>How long orders that ended are remembered, milliseconds.</summary>
    public int EndedMemoryMs { get; init; } = 600_000;

    /// <summary>How many of them at most; the oldest are forgotten first.</summary>
    public int MaxEnded { get; init; } = 8_192;
}
