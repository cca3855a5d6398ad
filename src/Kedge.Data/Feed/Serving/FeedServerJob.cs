namespace Kedge.Data.Feed.Serving;

/// <summary>A snapshot that is written piece by piece as there is room, or a poll that waits for something new.</summary>
internal sealed class FeedServerJob
{
    /// <summary>One that concerns no symbols.</summary>
    internal static FeedServerJob Plain(FeedMessage kind, uint request, FeedChannels channels) =>
        new()
        {
            Kind = kind,
            Request = request,
            Channels = channels,
        };

    /// <summary>What asked for it; none for one that the server makes by itself.</summary>
    internal required FeedMessage Kind { get; init; }

    /// <summary>The client's number; 0 for one that the server makes by itself, which is not answered.</summary>
    internal uint Request { get; init; }

    internal required FeedChannels Channels { get; init; }

    internal SymbolFilter Filter { get; init; } = new();

    /// <summary>Newest bars of each symbol and interval.</summary>
    internal int Bars { get; init; }

    /// <summary>Values up to these are known to the client; below zero when nothing is.</summary>
    internal long[] Known { get; init; } = [-1, -1, -1, -1, -1];

    /// <summary>Channels of which the client's cursor means nothing.</summary>
    internal FeedChannels Reset { get; set; }

    /// <summary>When a poll ends without anything new, monotonic.</summary>
    internal long DueMs { get; init; }

    internal bool IsWaiting { get; set; }

    internal bool TimedOut { get; set; }

    /// <summary>Cursors of the answer.</summary>
    internal long[]? Heads { get; set; }

    /// <summary>Channel being written: mids, quotes, candles, account, health, answer.</summary>
    internal int Stage { get; set; }

    /// <summary>Symbol being written, or event of the account.</summary>
    internal long At { get; set; }

    /// <summary>Series of that symbol.</summary>
    internal int Series { get; set; }
}
