namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Something that happens later: an input that is passed on, an output that is given, the end of a stall.</summary>
internal sealed class HeldItem
{
    /// <summary>Goes to the venue.</summary>
    public GatewayInput? Input { get; init; }

    /// <summary>Goes to the driver.</summary>
    public GatewayOutput? Output { get; init; }

    /// <summary>The connection it belongs to; what it holds is dropped when that has ended.</summary>
    public FaultySocket? Socket { get; init; }

    /// <summary>Of the end of a stall: frames from the client go on; otherwise those to it.</summary>
    public bool EndsIncoming { get; init; }

    /// <summary>Already done, by another way.</summary>
    public bool IsDone { get; set; }
}
