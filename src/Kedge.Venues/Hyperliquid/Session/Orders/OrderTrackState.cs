namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>Where an order stands for the desk.</summary>
internal enum OrderTrackState
{
    /// <summary>Its outcome is still to be told.</summary>
    InFlight,

    /// <summary>Told to be unknown; being asked about.</summary>
    Unknown,

    /// <summary>The venue has it.</summary>
    Live,

    /// <summary>It has ended, was refused or is proven absent.</summary>
    Ended,
}
