namespace Kedge.Simulation.Faults;

/// <summary>What was done to a run.</summary>
public enum FaultKind
{
    /// <summary>A connection was reset from the middle: both ends see it, undelivered bytes are lost.</summary>
    ConnectionDropped,

    /// <summary>One or both directions of a connection lose everything from now on, silently. Amount: the directions.</summary>
    HalfOpen,

    /// <summary>One or both directions of a connection hold everything back; nothing is lost. Amount: the directions.</summary>
    Stalled,

    /// <summary>A segment, and so what is behind it, was late. Amount: by how much, µs.</summary>
    SegmentDelayed,

    /// <summary>The bytes of one send arrived in several pieces. Amount: their number.</summary>
    SegmentSplit,

    /// <summary>The bytes of one send arrived in one piece with those before. Amount: bytes of the piece.</summary>
    SegmentMerged,

    /// <summary>A connect was refused although someone listens.</summary>
    ConnectRefused,

    /// <summary>A connect was lost: it times out.</summary>
    ConnectLost,

    /// <summary>Two processes cannot reach each other: streams wait, requests and connects are lost.</summary>
    Partitioned,

    /// <summary>A request never reached its server. The client times out. Amount: number of the request, as for the five that follow.</summary>
    RequestLost,

    /// <summary>A request never reached its server, and the client sees the connection reset.</summary>
    RequestReset,

    /// <summary>A request reached its server late, perhaps after the client had given it up.</summary>
    RequestDelayed,

    /// <summary>A request landed and its answer was lost: the client times out.</summary>
    ResponseLost,

    /// <summary>A request landed and the client sees the connection reset instead of the answer.</summary>
    ResponseReset,

    /// <summary>A request landed and its answer came late, perhaps after the client had given it up.</summary>
    ResponseDelayed,

    /// <summary>The wall clock of a process was stepped. Amount: by how much, ms.</summary>
    WallStepped,

    /// <summary>A process was killed.</summary>
    ProcessKilled,

    /// <summary>A process was lost with its machine.</summary>
    PowerLost,

    /// <summary>A read, write or flush of a disk failed. Amount: the <see cref="Disk.DiskOperation"/>.</summary>
    DiskFailed,

    /// <summary>A disk took no more. Amount: for how long, µs.</summary>
    DiskFull,

    /// <summary>A flush took longer than others. Amount: by how much, µs.</summary>
    FlushSlow,

    /// <summary>A venue told no prices, and everything else. Amount: for how long, µs.</summary>
    PricesSilent,
}
