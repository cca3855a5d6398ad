namespace Kedge.Simulation.Network;

/// <summary>Settings and bounds of a <see cref="SimNetwork"/>.</summary>
public sealed record NetworkOptions
{
    /// <summary>One-way latency between processes that have none of their own. Default 20 to 25 ms.</summary>
    public LatencyModel Latency { get; init; } = new(20_000, 5_000);

    /// <summary>Bytes a second each direction of a connection carries; 0 (default) is without a limit.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>Longest piece in which bytes arrive when nothing splits them. Default 16 KiB.</summary>
    public int SegmentBytesMax { get; init; } = 16 * 1024;

    /// <summary>Bytes of one direction not yet acknowledged by the peer's machine. At the limit a send takes nothing and says full. Default 4 MiB.</summary>
    public int SendBufferBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a connect that is lost takes to fail, ms. Default 20 s.</summary>
    public long ConnectTimeoutMs { get; init; } = 20_000;

    /// <summary>How long a machine resends unacknowledged bytes without progress before the connection ends as timed out, ms. Default 15 minutes.</summary>
    public long GiveUpMs { get; init; } = 900_000;

    /// <summary>Most open or opening connections. At the limit a connect is refused. Default 10,000.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>Most requests in flight, those included that the client has given up and that have yet to land. At the limit a send is not taken. Default 10,000.</summary>
    public int RequestsMax { get; init; } = 10_000;

    internal void Check()
    {
        AtLeast(Latency.MinUs, 0, nameof(Latency));
        AtLeast(Latency.JitterUs, 0, nameof(Latency));
        AtLeast(BytesPerSecond, 0, nameof(BytesPerSecond));
        AtLeast(SegmentBytesMax, 1, nameof(SegmentBytesMax));
        AtLeast(SendBufferBytesMax, 1, nameof(SendBufferBytesMax));
        AtLeast(ConnectTimeoutMs, 1, nameof(ConnectTimeoutMs));
        AtLeast(GiveUpMs, 1, nameof(GiveUpMs));
        AtLeast(ConnectionsMax, 1, nameof(ConnectionsMax));
        AtLeast(RequestsMax, 1, nameof(RequestsMax));
    }

    private static void AtLeast(long value, long least, string name)
    {
        if (value < least)
        {
            throw new ArgumentException($"{name} is {value}: at least {least} is needed.", name);
        }
    }
}
