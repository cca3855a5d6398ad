namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>One WebSocket and what is wrong with it.</summary>
internal sealed class FaultySocket(long connection, string caller)
{
    /// <summary>Frames held by a stall; at the bound the connection is dropped, as a full buffer would.</summary>
    public const int HeldMax = 10_000;

    public long Connection { get; } = connection;

    public string Caller { get; } = caller;

    /// <summary>Nothing passes, and nobody is told.</summary>
    public bool IsHalfOpen { get; set; }

    /// <summary>The driver has been told of its end, or has told it.</summary>
    public bool IsGone { get; set; }

    /// <summary>The venue has ended it, or has been told.</summary>
    public bool IsOverInside { get; set; }

    /// <summary>Stalls that have not ended yet, towards the client and from it.</summary>
    public int StallsOut { get; set; }

    public int StallsIn { get; set; }

    public Queue<GatewayOutput> Out { get; } = [];

    public Queue<GatewayInput> In { get; } = [];

    /// <summary>A frame that waits for the next of its channel.</summary>
    public HeldItem? SwappedFill { get; set; }

    public HeldItem? SwappedUpdate { get; set; }
}
