using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;

namespace Kedge.ThirdParty.Tests;

/// <summary>Counts the signed requests that reach a gateway, whatever becomes of them.</summary>
internal sealed class CountingGateway(HyperliquidGateway gateway) : IMachine<GatewayInput, GatewayOutput>
{
    private long _overRest;
    private long _overSocket;

    /// <summary>Signed requests over REST.</summary>
    public long OverRest => Interlocked.Read(ref _overRest);

    /// <summary>Signed requests over the WebSocket.</summary>
    public long OverSocket => Interlocked.Read(ref _overSocket);

    public void Handle(in GatewayInput input, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (input is GatewayInput.HttpRequested { Path: "/exchange" })
        {
            Interlocked.Increment(ref _overRest);
        }
        else if (input is GatewayInput.SocketReceived received && received.Text.Span.IndexOf("\"signature\""u8) >= 0)
        {
            Interlocked.Increment(ref _overSocket);
        }

        gateway.Handle(in input, in now, effects);
    }
}
