using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests.Hosting;

/// <summary>A gateway that answers what it is told, and does as the words of a request say.</summary>
internal sealed class ScriptedGateway : IMachine<GatewayInput, GatewayOutput>
{
    private readonly List<long> _waiting = [];

    public List<Now> Fired { get; } = [];

    public List<long> Closed { get; } = [];

    public void Handle(in GatewayInput input, in Now now, IEffectSink<GatewayOutput> effects)
    {
        switch (input)
        {
            case GatewayInput.HttpRequested request:
                Answer(request, in now, effects);
                break;
            case GatewayInput.SocketReceived received when Text(received.Text) == "flood":
                for (int i = 0; i < 200; i++)
                {
                    effects.Add(new GatewayOutput.SocketSend(received.Connection, new byte[1 << 20]));
                }

                break;
            case GatewayInput.SocketReceived received when Text(received.Text) == "end":
                effects.Add(new GatewayOutput.SocketClose(received.Connection, IsAbrupt: false, "as you wish"));
                break;
            case GatewayInput.SocketReceived received:
                effects.Add(new GatewayOutput.SocketSend(received.Connection, received.Text));
                break;
            case GatewayInput.SocketClosed closed:
                Closed.Add(closed.Connection);
                break;
            case GatewayInput.TimerFired:
                Fired.Add(now);
                break;
        }
    }

    private void Answer(GatewayInput.HttpRequested request, in Now now, IEffectSink<GatewayOutput> effects)
    {
        switch (Text(request.Body))
        {
            case "abort":
                effects.Add(new GatewayOutput.HttpAborted(request.Request));
                break;
            case "hold":
                _waiting.Add(request.Request);
                break;
            case "timer":
                effects.Add(new GatewayOutput.SetTimer(7, now.MonotonicMs + 60_000));
                effects.Add(new GatewayOutput.SetTimer(8, now.MonotonicMs + 1_000_000_000));
                goto default;
            case "fail":
                throw new InvalidOperationException("a fault of the program");
            default:
                // Answers to earlier requests come after this one's: they are matched by number, not by order.
                effects.Add(new GatewayOutput.HttpResponded(request.Request, 200, IsJson: true, request.Body));
                foreach (long held in _waiting)
                {
                    effects.Add(new GatewayOutput.HttpResponded(held, 429, IsJson: false, "held"u8.ToArray()));
                }

                _waiting.Clear();
                break;
        }
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
