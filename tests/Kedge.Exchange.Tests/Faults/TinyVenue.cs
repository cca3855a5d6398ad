using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests.Faults;

/// <summary>
/// A venue that says what it is told: a frame from a client comes back as a frame to it, <c>close</c> ends the connection; requests are answered
/// from a script. It writes down all that reaches it.
/// </summary>
internal sealed class TinyVenue : IMachine<GatewayInput, GatewayOutput>
{
    public const string Ok = """{"status":"ok","response":{"type":"default"}}""";

    public List<GatewayInput> Heard { get; } = [];

    /// <summary>The answer to everything but actions.</summary>
    public string Information { get; set; } = "[]";

    public IEnumerable<VenueOperation> Operations => Heard.OfType<GatewayInput.Operated>().Select(input => input.Operation);

    public void Handle(in GatewayInput input, in Now now, IEffectSink<GatewayOutput> effects)
    {
        Heard.Add(input);
        switch (input)
        {
            case GatewayInput.HttpRequested request:
                byte[] body = Encoding.UTF8.GetBytes(request.Path == "/exchange" ? Ok : Information);
                effects.Add(new GatewayOutput.HttpResponded(request.Request, 200, true, body));
                break;
            case GatewayInput.SocketReceived received when received.Text.Span.SequenceEqual("close"u8):
                effects.Add(new GatewayOutput.SocketClose(received.Connection, false, "asked"));
                break;
            case GatewayInput.SocketReceived received:
                effects.Add(new GatewayOutput.SocketSend(received.Connection, received.Text));
                break;
            default:
                break;
        }
    }
}
