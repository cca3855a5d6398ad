namespace Kedge.Trading.Engine;

/// <summary>
/// Why the engine itself refused an order, beside <see cref="Risk.RiskCode"/>; both share the kernel's refusal numbers. Numbers and names are kept for ever.
/// </summary>
public enum EngineRefusal
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary><c>duplicate_key</c>: the symbol was entered on this candle before.</summary>
    DuplicateKey = 201,

    /// <summary><c>working_order</c>: an order of the symbol is on its way.</summary>
    WorkingOrder = 202,

    /// <summary><c>lot</c>: the size rounds to nothing.</summary>
    Lot = 203,

    /// <summary><c>min_notional</c>: below what the venue takes.</summary>
    MinNotional = 204,

    /// <summary><c>leverage_tier</c>: the venue allows less leverage for this notional.</summary>
    LeverageTier = 205,

    /// <summary><c>price_stale</c>: no fresh price.</summary>
    PriceStale = 206,

    /// <summary><c>recovering</c>: what was in flight before the start is not resolved.</summary>
    Recovering = 207,

    /// <summary><c>reconcile</c>: venue and ledger differ in this symbol.</summary>
    Reconcile = 208,

    /// <summary><c>exit_in_flight</c>: an exit of the symbol is on its way.</summary>
    ExitInFlight = 209,

    /// <summary><c>exit_unknown</c>: exits of unknown outcome wait for proof; the retries are used up, or not due yet.</summary>
    ExitUnknown = 210,

    /// <summary><c>no_instrument</c>: what the venue asks of an order is not known.</summary>
    NoInstrument = 211,

    /// <summary><c>ledger</c>: the ledger cannot be written.</summary>
    Ledger = 212,

    /// <summary><c>foreign_position</c>: somebody else's position is in the symbol; an operator may adopt it.</summary>
    ForeignPosition = 213,

    /// <summary><c>session_down</c>: not connected.</summary>
    SessionDown = 214,

    /// <summary><c>entry_backoff</c>: an entry of the symbol failed a short while ago.</summary>
    EntryBackoff = 215,

    /// <summary><c>exit_cooldown</c>: an exit of the symbol was sent a short while ago, and this one can wait.</summary>
    ExitCooldown = 216,

    /// <summary><c>paused</c>: an operator paused entries.</summary>
    Paused = 217,

    /// <summary><c>price_grid</c>: the limit does not lie on the venue's prices.</summary>
    PriceGrid = 218,

    /// <summary><c>nothing_held</c>: there is nothing to reduce.</summary>
    NothingHeld = 219,

    /// <summary><c>other_side</c>: the other side is held; an opening order would turn it around.</summary>
    OtherSide = 220,

    /// <summary><c>free_cash</c>: margin and fee do not fit the free cash.</summary>
    FreeCash = 221,

    /// <summary><c>too_many_orders</c>: as many orders of operators rest as may.</summary>
    TooManyOrders = 222,

    /// <summary><c>no_rest</c>: on paper orders fill at once, and this one would rest.</summary>
    NoRest = 223,

    /// <summary><c>exit_refused</c>: the venue said a moment ago that there is nothing to reduce; its account is asked first.</summary>
    ExitRefused = 224,

    /// <summary><c>exit_only</c>: the symbol is watched for its exits, or for the market's state; nothing is opened in it.</summary>
    ExitOnly = 230,
}
