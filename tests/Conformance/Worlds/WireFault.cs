namespace Kedge.Conformance.Worlds;

/// <summary>What a test can do to the wire, now.</summary>
internal enum WireFault
{
    /// <summary>The WebSocket is reset.</summary>
    Drop,

    /// <summary>The WebSocket goes silent both ways and nobody is told.</summary>
    HalfOpen,

    /// <summary>The WebSocket holds everything back for a while.</summary>
    Stall,

    /// <summary>Client and venue cannot reach each other for a while.</summary>
    Partition,

    /// <summary>The next request is lost on its way: the client times out.</summary>
    RequestLost,

    /// <summary>The next request is lost and the client sees a reset.</summary>
    RequestReset,

    /// <summary>The next request lands late, after the client gave up.</summary>
    RequestDelayed,

    /// <summary>The next request lands and its answer is lost.</summary>
    ResponseLost,

    /// <summary>The next request lands and the client sees a reset.</summary>
    ResponseReset,

    /// <summary>The next request lands and its answer is late.</summary>
    ResponseDelayed,
}
