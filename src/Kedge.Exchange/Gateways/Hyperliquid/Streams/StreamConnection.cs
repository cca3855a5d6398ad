namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>One open connection.</summary>
internal sealed class StreamConnection(long id, StreamCaller caller, long openedMs)
{
    public long Id { get; } = id;

    public StreamCaller Caller { get; } = caller;

    public bool IsOpen { get; set; } = true;

    /// <summary>When something was last sent to it, monotonic.</summary>
    public long SentMs { get; set; } = openedMs;

    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);
}
