namespace Kedge.Simulation.Trading;

/// <summary>What happens to a lane so many times a day.</summary>
public enum LaneFault
{
    /// <summary>A connection is reset.</summary>
    SocketDropped,

    /// <summary>A connection loses everything in one or both directions, and nobody is told.</summary>
    SocketHalfOpen,

    /// <summary>A connection holds everything back for up to a minute.</summary>
    SocketStalled,

    /// <summary>A connection is reset, and the snapshot of fills that follows the next subscription never comes.</summary>
    SnapshotWithheld,

    /// <summary>Up to 20 requests are answered 429.</summary>
    RateLimited,

    /// <summary>Up to 20 requests are answered 5xx; half of the actions are carried out all the same.</summary>
    ServerError,

    /// <summary>The next action is refused for its nonce.</summary>
    NonceRefused,

    /// <summary>The lane's wall clock steps by up to 5 s.</summary>
    LaneClockStepped,

    /// <summary>The venue's clock steps by up to 5 s, and back later.</summary>
    VenueClockStepped,

    /// <summary>The account is liquidated.</summary>
    Liquidation,

    /// <summary>Half a position is closed by auto-deleveraging.</summary>
    Deleveraging,

    /// <summary>An instrument is taken off the venue.</summary>
    Delisting,

    /// <summary>The lot size of an instrument changes.</summary>
    LotChanged,

    /// <summary>Somebody else trades on the account.</summary>
    ForeignOrder,

    /// <summary>Money comes or goes.</summary>
    Transfer,

    /// <summary>The lane's process ends and is started again within a minute.</summary>
    ProcessKilled,

    /// <summary>The lane's machine loses power; what was not flushed is lost, wholly or in part.</summary>
    PowerLost,

    /// <summary>The lane's disk takes no more for up to 10 minutes.</summary>
    DiskFull,

    /// <summary>The next flush of the lane's disk takes up to 10 s longer.</summary>
    SlowFlush,

    /// <summary>The configuration is edited to something that cannot be read, and to something else that can a little later.</summary>
    GarbageConfiguration,

    /// <summary>An operator does something by hand: pauses, closes, kills, lifts, adopts.</summary>
    Operator,

    /// <summary>An operator places an order that rests, and cancels it a few minutes later; of some of them a part is filled before.</summary>
    OperatorOrder,

    /// <summary>The operator cancels what he placed, before the time he had in mind.</summary>
    OperatorCancel,

    /// <summary>The venue tells no prices for up to 12 minutes, and everything else.</summary>
    PricesSilent,
}
