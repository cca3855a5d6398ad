namespace Kedge.Data.Feed.Serving;

/// <summary>What a client of the feed is made with.</summary>
public sealed record FeedClientOptions
{
    /// <summary>Path of the server's socket; see <see cref="FeedSocketPath"/>.</summary>
    public required string SocketPath { get; init; }

    /// <summary>What it wants to hear.</summary>
    public FeedChannels Channels { get; init; } =
        FeedChannels.Mids | FeedChannels.Quotes | FeedChannels.Candles | FeedChannels.Health;

    /// <summary>Symbols as the venue spells them; empty for all.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Closed bars of each symbol and interval that are told at first, at most.</summary>
    public int RecentBars { get; init; } = 32;

    /// <summary>Its name in the server's eyes, at most 64 bytes.</summary>
    public string Name { get; init; } = "kedge";

    /// <summary>First wait before connecting again, milliseconds; doubled at each failure, and spread by half.</summary>
    public int FirstRetryMs { get; init; } = 100;

    /// <summary>Longest wait before connecting again, milliseconds.</summary>
    public int MaxRetryMs { get; init; } = 5_000;

    /// <summary>A server that says nothing for so long, not even that it lives, is taken for lost; milliseconds.</summary>
    public int SilenceMs { get; init; } = 10_000;

    /// <summary>Clock of the machine it runs on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
