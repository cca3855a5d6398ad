using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>One network address and what it has used of its limits.</summary>
internal sealed class StreamCaller(string name, StreamSettings settings, long nowMs)
{
    private WeightBudget _connecting = new(settings.NewConnectionsPerMinute, nowMs);
    private WeightBudget _messages = new(settings.MessagesPerMinute, nowMs);

    public string Name { get; } = name;

    public int Connections { get; set; }

    public int Subscriptions { get; set; }

    public int Posts { get; set; }

    /// <summary>When it was last heard of, monotonic.</summary>
    public long SeenMs { get; set; } = nowMs;

    /// <summary>Subscriptions by user.</summary>
    public Dictionary<string, int> Users { get; } = new(StringComparer.Ordinal);

    public bool TryConnect(long nowMs)
    {
        SeenMs = nowMs;
        return Connections < settings.ConnectionsMax && _connecting.TryTake(1, nowMs);
    }

    public bool TryMessage(long nowMs)
    {
        SeenMs = nowMs;
        return _messages.TryTake(1, nowMs);
    }
}
