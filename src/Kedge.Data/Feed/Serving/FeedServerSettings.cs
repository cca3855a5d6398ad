using Kedge.Model;

namespace Kedge.Data.Feed.Serving;

/// <summary>The bounds of a server. What happens at each is told in docs/reference/feed-protocol.md.</summary>
public sealed record FeedServerSettings
{
    /// <summary>Name of the venue, told to clients; at most 64 bytes.</summary>
    public string Venue { get; init; } = "hyperliquid";

    /// <summary>Clients at a time.</summary>
    public int MaxClients { get; init; } = 64;

    /// <summary>Symbols the server tells of, at most 65,535; more are left out and counted.</summary>
    public int MaxSymbols { get; init; } = 4_096;

    /// <summary>Symbols one client may name in its subscriptions, each channel counted.</summary>
    public int MaxNamed { get; init; } = 8_192;

    /// <summary>Requests of one client that may be unanswered.</summary>
    public int MaxRequests { get; init; } = 32;

    /// <summary>Bytes of short answers that may wait for one client; all else is written when there is room.</summary>
    public int MaxAnswerBytes { get; init; } = 16_384;

    /// <summary>Refusals of one connection after which it ends.</summary>
    public int MaxRefusals { get; init; } = 100;

    /// <summary>Times a minute that values may be left out for one client before its connection ends.</summary>
    public int MaxShedsPerMinute { get; init; } = 20;

    /// <summary>Newest mids that are remembered for clients that read later; a power of two.</summary>
    public int MidsHeld { get; init; } = 131_072;

    /// <summary>Newest quotes, likewise.</summary>
    public int QuotesHeld { get; init; } = 65_536;

    /// <summary>Newest candles, likewise.</summary>
    public int CandlesHeld { get; init; } = 32_768;

    /// <summary>Newest events of the account, likewise.</summary>
    public int AccountHeld { get; init; } = 4_096;

    /// <summary>Newest closed bars of each symbol and interval in a snapshot, at most 500.</summary>
    public int RecentBars { get; init; } = 32;

    /// <summary>A greeting must come so soon, milliseconds.</summary>
    public int GreetingMs { get; init; } = 5_000;

    /// <summary>A message that was begun must be whole so soon, milliseconds.</summary>
    public int HalfMessageMs { get; init; } = 10_000;

    /// <summary>A client that asked nothing and subscribed nothing for so long is let go, milliseconds.</summary>
    public int IdleMs { get; init; } = 300_000;

    /// <summary>A client that reads nothing for so long, though there is something to read, is let go; milliseconds.</summary>
    public int StallMs { get; init; } = 30_000;

    /// <summary>A subscriber to whom nothing was sent for so long is sent a sign of life, milliseconds.</summary>
    public int BeatMs { get; init; } = 2_000;

    /// <summary>Health goes to its subscribers at least so often, milliseconds.</summary>
    public int HealthEveryMs { get; init; } = 5_000;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="KedgeException">One is out of its range (exit 2).</exception>
    public void Validate()
    {
        bool isOk =
            MaxClients is >= 1 and <= 1_024
            && MaxSymbols is >= 1 and <= 65_535
            && RecentBars is >= 1 and <= 500
            && IsRing(MidsHeld)
            && IsRing(QuotesHeld)
            && IsRing(CandlesHeld)
            && IsRing(AccountHeld)
            && MaxRequests >= 1
            && MaxAnswerBytes is >= 1_024 and <= FeedProtocol.MaxFrameBytes / 2
            && Math.Min(Math.Min(GreetingMs, HalfMessageMs), Math.Min(IdleMs, StallMs)) >= 1
            && Math.Min(BeatMs, HealthEveryMs) >= 1;
        if (!isOk)
        {
            throw KedgeException.Usage(
                "feed server: a bound is out of its range; what is held must be a power of two, at most 2^22"
            );
        }
    }

    private static bool IsRing(int held) => held is >= 2 and <= 1 << 22 && (held & (held - 1)) == 0;
}
