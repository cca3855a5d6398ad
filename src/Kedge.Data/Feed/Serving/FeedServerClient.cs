namespace Kedge.Data.Feed.Serving;

/// <summary>What the server knows of one connection.</summary>
internal sealed class FeedServerClient(int id, long nowMs)
{
    internal int Id => id;

    internal string Name { get; set; } = "";

    internal bool IsGreeted { get; set; }

    /// <summary>When its end was decided, monotonic; 0 while it lives. What is written already is still sent.</summary>
    internal long ClosingMs { get; set; }

    /// <summary>Nothing is sent any more.</summary>
    internal bool IsDead { get; set; }

    internal long ConnectedMs { get; } = nowMs;

    internal long HeardMs { get; set; } = nowMs;

    /// <summary>Since when a message is half there, monotonic; 0 when none is.</summary>
    internal long HalfSinceMs { get; set; }

    /// <summary>When it last had room, monotonic.</summary>
    internal long RoomMs { get; set; } = nowMs;

    /// <summary>When something was last written for it, monotonic.</summary>
    internal long WroteMs { get; set; } = nowMs;

    /// <summary>The beginning of a message.</summary>
    internal byte[] Half { get; set; } = [];

    internal int HalfLength { get; set; }

    /// <summary>Short answers that wait.</summary>
    internal byte[] Answers { get; set; } = [];

    internal int AnswerBytes { get; set; }

    internal int Refusals { get; set; }

    internal int SymbolsKnown { get; set; }

    internal FeedChannels Subscribed { get; set; }

    internal SymbolFilter[] Filters { get; } = [new(), new(), new()];

    /// <summary>Sequence last written of mids, quotes, candles, account.</summary>
    internal long[] Cursors { get; } = new long[4];

    internal List<FeedServerJob> Jobs { get; } = [];

    internal long HealthVersion { get; set; } = -1;

    internal long HealthMs { get; set; }

    internal int Sheds { get; set; }

    internal long ShedsSinceMs { get; set; }

    internal bool IsLive => IsGreeted && ClosingMs == 0 && !IsDead;

    internal bool Wants(FeedChannels channel) => (Subscribed & channel) != FeedChannels.None;
}
