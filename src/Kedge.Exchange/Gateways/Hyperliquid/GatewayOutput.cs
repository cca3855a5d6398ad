namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>What a gateway asks its driver for. The set is closed.</summary>
public abstract record GatewayOutput
{
    private GatewayOutput() { }

    /// <summary>Answers a request.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Status">HTTP status.</param>
    /// <param name="IsJson">JSON, else plain text.</param>
    /// <param name="Body">UTF-8.</param>
    public sealed record HttpResponded(long Request, int Status, bool IsJson, ReadOnlyMemory<byte> Body) : GatewayOutput;

    /// <summary>Ends the connection of a request without an answer.</summary>
    /// <param name="Request">The request.</param>
    public sealed record HttpAborted(long Request) : GatewayOutput;

    /// <summary>Sends one text message.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Text">UTF-8.</param>
    public sealed record SocketSend(long Connection, ReadOnlyMemory<byte> Text) : GatewayOutput;

    /// <summary>Ends a WebSocket.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="IsAbrupt">Without a closing handshake.</param>
    /// <param name="Reason">For people.</param>
    public sealed record SocketClose(long Connection, bool IsAbrupt, string Reason) : GatewayOutput;

    /// <summary>Asks for <see cref="GatewayInput.TimerFired"/>; one of the same id that is already set is replaced.</summary>
    /// <param name="Id">The gateway's number for it.</param>
    /// <param name="DueMonotonicMs">When, on the monotonic clock.</param>
    public sealed record SetTimer(long Id, long DueMonotonicMs) : GatewayOutput;

    /// <summary>Something a person or a test wants to know: a refused request with its reason, an injected fault.</summary>
    /// <param name="Entry">What.</param>
    public sealed record Logged(GatewayLogEntry Entry) : GatewayOutput;
}
