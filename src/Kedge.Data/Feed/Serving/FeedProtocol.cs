namespace Kedge.Data.Feed.Serving;

/// <summary>Numbers of the protocol; docs/reference/feed-protocol.md tells what they mean.</summary>
internal static class FeedProtocol
{
    /// <summary>The bytes <c>KDGF</c>.</summary>
    internal const uint Magic = 0x4647444B;

    internal const ushort Version = 1;

    internal const int RequestHeaderBytes = 16;

    internal const int FrameHeaderBytes = 32;

    internal const int MaxRequestBytes = 65_536;

    internal const int MaxFrameBytes = 65_536;

    internal const int MidBytes = 40;

    internal const int QuoteBytes = 48;

    internal const int CandleBytes = 88;

    internal const int MaxNameBytes = 64;

    internal const int MaxSymbolBytes = 32;

    internal const int MaxTextBytes = 255;

    internal const int MinPollMs = 50;

    internal const int MaxPollMs = 120_000;

    /// <summary>Mids, quotes, candles, account, health.</summary>
    internal const int Cursors = 5;

    /// <summary>Values that were known already, rather than one that came now.</summary>
    internal const byte SnapshotFlag = 1;
}
