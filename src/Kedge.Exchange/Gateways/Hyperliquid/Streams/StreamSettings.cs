namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>Limits and cadences of the streams; the defaults are the venue's (<c>venue-hyperliquid.md</c> §7, §8). Times in milliseconds.</summary>
public sealed record StreamSettings
{
    /// <summary>Connections of one caller.</summary>
    public int ConnectionsMax { get; init; } = 10;

    /// <summary>New connections of one caller in a minute.</summary>
    public int NewConnectionsPerMinute { get; init; } = 30;

    /// <summary>Subscriptions of one caller, over all its connections.</summary>
    public int SubscriptionsMax { get; init; } = 1_000;

    /// <summary>Different users in the subscriptions of one caller.</summary>
    public int UsersMax { get; init; } = 10;

    /// <summary>Messages of one caller in a minute.</summary>
    public int MessagesPerMinute { get; init; } = 2_000;

    /// <summary>Posts of one caller that are not answered yet.</summary>
    public int PostsMax { get; init; } = 100;

    /// <summary>How long a post is on its way back: it is carried out at once and answered after this.</summary>
    public long PostDelayMs { get; init; }

    /// <summary>Longest message taken, bytes; the connection is closed at a longer one.</summary>
    public int MessageMax { get; init; } = 256 * 1024;

    /// <summary>A connection to which nothing was sent for this long is closed.</summary>
    public long IdleMs { get; init; } = 60_000;

    /// <summary>Least time between mids.</summary>
    public long MidsEveryMs { get; init; } = 500;

    /// <summary>Least time between snapshots of one book.</summary>
    public long BookEveryMs { get; init; } = 500;

    /// <summary>Least time between contexts of a symbol and between states of an account.</summary>
    public long StateEveryMs { get; init; } = 500;

    /// <summary>Records of a snapshot.</summary>
    public int SnapshotMax { get; init; } = 2_000;

    /// <summary>Callers remembered; when there are more, new ones are refused.</summary>
    public int CallersMax { get; init; } = 10_000;
}
