using Kedge.Data.Feed.Serving;

namespace Kedge.Data.Feed;

/// <summary>What a <see cref="FeedService"/> is made with.</summary>
public sealed record FeedServiceOptions
{
    /// <summary>How the feed works.</summary>
    public required FeedSettings Settings { get; init; }

    /// <summary>Symbols as the venue spells them, most wanted first.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Folder of the databases; it is made when it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Hears what concerns an operator, on the feed's loop: alerts, and that the connection came or went. Must not block.</summary>
    public Action<string, string>? Noted { get; init; }

    /// <summary>Hears each bar that is served, on the feed's loop. Must not block.</summary>
    public Action<FeedEffect.Served>? Served { get; init; }

    /// <summary>Hears each batch that is on disk, on the store's thread. Must not block.</summary>
    public Action<FeedEffect.Store>? Stored { get; init; }

    /// <summary>Hear prices, closed bars and what the venue tells besides, in this order.</summary>
    public IReadOnlyList<IFeedOutlet> Outlets { get; init; } = [];

    /// <summary>Where it serves; null for nowhere.</summary>
    public FeedSocketServerOptions? Serving { get; init; }

    /// <summary>Clock of the machine it runs on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
