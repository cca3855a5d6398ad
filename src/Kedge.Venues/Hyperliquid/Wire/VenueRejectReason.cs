namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Why the venue refused, from its words.</summary>
public enum VenueRejectReason
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>Words we do not know; they stand beside this code.</summary>
    Other,

    /// <summary><c>Price must be divisible by tick size</c> …</summary>
    Tick,

    /// <summary><c>Order must have minimum value of</c> …</summary>
    MinNotional,

    /// <summary><c>Insufficient margin to place order</c> …</summary>
    Margin,

    /// <summary><c>Reduce only order would increase position</c> …</summary>
    ReduceOnly,

    /// <summary><c>Post only order would have immediately matched</c> …</summary>
    PostOnlyWouldMatch,

    /// <summary><c>Order could not immediately match against any resting orders</c> …</summary>
    NoMatch,

    /// <summary><c>Invalid TP/SL price</c> …</summary>
    BadTrigger,

    /// <summary><c>No liquidity available for market order</c> …</summary>
    NoLiquidity,

    /// <summary><c>Order would increase open interest while open interest is capped</c> …</summary>
    OpenInterestCap,

    /// <summary><c>Order rejected due to price more aggressive than oracle while at open interest cap</c> …</summary>
    TooAggressiveAtOpenInterestCap,

    /// <summary><c>Order would increase open interest too quickly</c> …</summary>
    OpenInterestTooQuick,

    /// <summary><c>Order has insufficient spot balance to trade</c> …</summary>
    SpotBalance,

    /// <summary><c>Order price too far from oracle</c> …</summary>
    FarFromOracle,

    /// <summary><c>Order would cause position to exceed margin tier limit at current leverage</c> …</summary>
    MarginTier,

    /// <summary><c>Order was never placed, already canceled, or filled</c> …</summary>
    NotCancelable,

    /// <summary><c>User or API Wallet</c> …</summary>
    UnknownSigner,

    /// <summary><c>Order has invalid size</c> …</summary>
    BadSize,

    /// <summary><c>Order price cannot be more than 80% away from the reference price</c> …</summary>
    FarFromReference,

    /// <summary><c>Too many cumulative requests sent</c> …</summary>
    RateLimited,

    /// <summary><c>Builder fee has not been approved</c> …</summary>
    BuilderFee,

    /// <summary><c>TWAP order value too small</c> …</summary>
    TwapTooSmall,
}
