namespace Kedge.Data.Feed.Serving;

/// <summary>What a <see cref="FeedSocketServer"/> is made with.</summary>
public sealed record FeedSocketServerOptions
{
    /// <summary>Path of the socket; see <see cref="FeedSocketPath"/>. Its folder is made when it is missing.</summary>
    public required string SocketPath { get; init; }

    /// <summary>Bounds of the server.</summary>
    public FeedServerSettings Server { get; init; } = new();

    /// <summary>Prices that may wait for the server's thread; beyond it they are left out, and every client is told.</summary>
    public int MaxWaiting { get; init; } = 65_536;

    /// <summary>
    /// A trickle of prices is gathered for so long, milliseconds, before the next goes out; the first after a pause goes at once. 0 for never.
    /// </summary>
    public int GatherMs { get; init; } = 10;

    /// <summary>Prices and events a second beyond which nothing is gathered: what comes goes out at once, as many as there are together.</summary>
    public int GatherBelow { get; init; } = 2_000;

    /// <summary>Clock of the machine it runs on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
