using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Hosting;

/// <summary>Answers the operator's port. Called between inputs of the gateway, on its thread.</summary>
public interface IOperatorDesk
{
    /// <summary>Answers one request.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="now">The venue's moment.</param>
    /// <param name="effects">Takes what the gateway asks for while the request is carried out.</param>
    OperatorAnswer Answer(OperatorRequest request, in Now now, IEffectSink<GatewayOutput> effects);
}
