namespace Kedge.Model;

/// <summary>
/// Bugs for <see cref="PlantedBugs"/>, each a mistake that somebody could make. docs/concepts/planted-bugs.md tells of each where it is and what finds it.
/// </summary>
public enum PlantedBug
{
    /// <summary>The code as it is.</summary>
    None,

    /// <summary>What was written to the journal counts as flushed, and is not.</summary>
    SkipFlush,

    /// <summary>A full exit that goes again does not wait for the ledger.</summary>
    SendBeforeCommit,

    /// <summary>What was about to be sent when a program ended is sent again by the next one.</summary>
    ResendSameId,

    /// <summary>An entry whose request was answered 5xx is ordered again at once, with a new id.</summary>
    NewIdOnRetry,

    /// <summary>The first "not found" about an order of unknown outcome is its end.</summary>
    NotFoundIsCancelled,

    /// <summary>A request that was not answered counts as refused.</summary>
    TimeoutIsRejected,

    /// <summary>Of fills that an earlier program has booked one of each order is known.</summary>
    DropFillDedupe,

    /// <summary>A fill that comes before its order was acknowledged is written with the next batch; the cursor that covers it goes at once.</summary>
    CursorBeforeCommit,

    /// <summary>Money of a fill that was missed is counted when it is missed and when it comes.</summary>
    LateFillTwice,

    /// <summary>
    /// A fill whose mark is all zeros, as those of the venue's own orders and of other people's are here, is matched by it all the same: to the newest order.
    /// </summary>
    SkipZeroHashGuard,

    /// <summary>What an entry has reserved is given back when its outcome is unknown.</summary>
    ReleaseOnTimeout,

    /// <summary>An order that rests has ended when a part of it was filled.</summary>
    ForgetPartialsRest,

    /// <summary>Of a fill that turns a position around the opening leg is lost.</summary>
    FlipLegLost,

    /// <summary>Nonces begin anew with every program, with a round ten minutes.</summary>
    NonceRestart,

    /// <summary>Exits are decided and sent on whatever price there was last.</summary>
    StalePriceExit,

    /// <summary>Latches are written down and not read.</summary>
    KillLostOnRestart,

    /// <summary>The loss of the day begins anew with every program.</summary>
    DailyLossReset,

    /// <summary>A program does not know which funding and transfers an earlier one has booked.</summary>
    FundingTwice,

    /// <summary>A fill without an id goes to any order of its symbol and side of the last ten minutes.</summary>
    ForeignFillAsOurs,

    /// <summary>Of an answer of several pages the first is read.</summary>
    OnePageOfFills,

    /// <summary>The end of a cancelled order does not wait for fills that have not come yet.</summary>
    CancelDoesNotWait,

    /// <summary>An order whose outcome an earlier life did not know is not asked about.</summary>
    UnknownNotAsked,

    /// <summary>A transfer is written down, and not added to the cash.</summary>
    TransferNotCounted,

    /// <summary>A second exit is not bound to reduce only.</summary>
    ReduceOnlyLost,

    /// <summary>Entries do not wait for orders of an earlier life.</summary>
    EntryWhileRecovering,

    /// <summary>What of a position is somebody else's is not read at a start.</summary>
    ForeignForgotten,

    /// <summary>An order of an earlier life does not give back its place when it ends.</summary>
    PlaceKeptAfterRestart,

    /// <summary>The ledger's log is flushed at checkpoints, and not with each commit.</summary>
    LedgerNotSynced,

    /// <summary>A fill of somebody else is not told when somebody else holds something of the symbol already.</summary>
    SecondForeignUntold,

    /// <summary>What others hold does not count toward limits.</summary>
    ForeignOutsideLimits,
}
