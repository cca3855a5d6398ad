namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What can go wrong on request. In a plan and in the log each is spelled in lower case with underscores.</summary>
public enum FaultKind
{
    /// <summary>A WebSocket ends without a closing handshake.</summary>
    SocketDropped,

    /// <summary>From now on nothing passes a WebSocket in either direction, and nobody is told.</summary>
    SocketHalfOpen,

    /// <summary>Frames of a WebSocket are held in one or both directions, then let go in order.</summary>
    SocketStalled,

    /// <summary>The snapshot of fills that follows a subscription never comes.</summary>
    SnapshotWithheld,

    /// <summary>A frame of fills never comes.</summary>
    FillLost,

    /// <summary>A frame of fills comes twice.</summary>
    FillDuplicated,

    /// <summary>A frame of fills comes after the next one, or after the time drawn.</summary>
    FillReordered,

    /// <summary>A frame of fills comes late.</summary>
    FillDelayed,

    /// <summary>A frame of order updates never comes.</summary>
    UpdateLost,

    /// <summary>A frame of order updates comes twice.</summary>
    UpdateDuplicated,

    /// <summary>A frame of order updates comes after the next one, or after the time drawn.</summary>
    UpdateReordered,

    /// <summary>A frame of order updates comes late.</summary>
    UpdateDelayed,

    /// <summary>An action is carried out, but its caller never hears.</summary>
    ResponseLost,

    /// <summary>An action never arrives, and its caller never hears.</summary>
    RequestLost,

    /// <summary>An action arrives late, when its caller no longer waits.</summary>
    RequestLate,

    /// <summary>A query for an order that exists is answered with "unknownOid".</summary>
    OrderNotFound,

    /// <summary>All requests are answered 429 for a while.</summary>
    RateLimited,

    /// <summary>All requests are answered 500, 502 or 503 for a while; half of them are carried out all the same.</summary>
    ServerError,

    /// <summary>An action is refused for its nonce and not carried out.</summary>
    NonceRefused,

    /// <summary>The venue's clock steps, and steps back after the time drawn.</summary>
    ClockStepped,

    /// <summary>A part of a resting order is filled, the rest cancelled.</summary>
    PartialFillCancel,

    /// <summary>An account is liquidated.</summary>
    Liquidation,

    /// <summary>A position is closed in part by auto-deleveraging.</summary>
    Deleveraging,

    /// <summary>An instrument is taken off the venue.</summary>
    Delisting,

    /// <summary>The lot size of an instrument changes.</summary>
    LotChanged,

    /// <summary>A candle is not served for a while, in answers and frames.</summary>
    CandleMissing,

    /// <summary>A closed candle changes.</summary>
    CandleRevised,

    /// <summary>A candle is served twice.</summary>
    CandleDuplicated,

    /// <summary>The newest candle is served late.</summary>
    CandleLate,

    /// <summary>A fill, funding payment or transfer is missing from histories and snapshots for a while after it happened.</summary>
    HistoryLate,
}
