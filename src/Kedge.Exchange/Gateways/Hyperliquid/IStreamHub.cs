using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>The WebSocket side of a gateway: connections, subscriptions and what is sent to them.</summary>
internal interface IStreamHub : IVenueListener
{
    /// <summary>A client connected.</summary>
    void Opened(long connection, string caller, in Now now, IEffectSink<GatewayOutput> effects);

    /// <summary>A client sent one whole message.</summary>
    void Received(long connection, ReadOnlyMemory<byte> text, in Now now, IEffectSink<GatewayOutput> effects);

    /// <summary>A connection ended.</summary>
    void Closed(long connection, in Now now);

    /// <summary>An input is done: what was heard meanwhile may be sent.</summary>
    void Flush(in Now now, IEffectSink<GatewayOutput> effects);

    /// <summary>A timer fired that is not the gateway's own; ids from <see cref="HyperliquidGateway.FirstStreamTimer"/> on are the streams'.</summary>
    void TimerFired(long id, in Now now, IEffectSink<GatewayOutput> effects);
}
