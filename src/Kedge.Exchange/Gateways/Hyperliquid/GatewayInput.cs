namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>What a gateway hears. The set is closed. Memory handed over belongs to the gateway from then on.</summary>
public abstract record GatewayInput
{
    private GatewayInput() { }

    /// <summary>A request over HTTP; always POST.</summary>
    /// <param name="Request">The driver's number for it, unique while it is unanswered.</param>
    /// <param name="Path"><c>/info</c> or <c>/exchange</c>.</param>
    /// <param name="Body">The body as it came.</param>
    /// <param name="Caller">Network address of the client, to which weight is charged.</param>
    public sealed record HttpRequested(long Request, string Path, ReadOnlyMemory<byte> Body, string Caller) : GatewayInput;

    /// <summary>A client opened a WebSocket.</summary>
    /// <param name="Connection">The driver's number for it, never used twice.</param>
    /// <param name="Caller">Network address of the client.</param>
    public sealed record SocketOpened(long Connection, string Caller) : GatewayInput;

    /// <summary>One whole text message arrived.</summary>
    /// <param name="Connection">The connection.</param>
    /// <param name="Text">UTF-8.</param>
    public sealed record SocketReceived(long Connection, ReadOnlyMemory<byte> Text) : GatewayInput;

    /// <summary>A WebSocket ended, not by the gateway.</summary>
    /// <param name="Connection">The connection.</param>
    public sealed record SocketClosed(long Connection) : GatewayInput;

    /// <summary>The operator of the venue does something: opens accounts, moves prices, delists.</summary>
    /// <param name="Operation">What.</param>
    public sealed record Operated(VenueOperation Operation) : GatewayInput;

    /// <summary>A timer of <see cref="GatewayOutput.SetTimer"/> fired.</summary>
    /// <param name="Id">The gateway's number for it.</param>
    public sealed record TimerFired(long Id) : GatewayInput;
}
