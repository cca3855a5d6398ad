using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Mixes;

/// <summary>Inputs and effects with their bodies as text, shortened.</summary>
internal static class TraceText
{
    private const int LengthMax = 400;

    public static string Of(object subject) =>
        subject switch
        {
            GatewayInput.HttpRequested one => $"request {one.Request} {one.Path} {Text(one.Body)}",
            GatewayOutput.HttpResponded one => $"response {one.Request} {one.Status} {Text(one.Body)}",
            GatewayInput.SocketReceived one => $"received {one.Connection} {Text(one.Text)}",
            GatewayOutput.SocketSend one => $"send {one.Connection} {Text(one.Text)}",
            SessionInput.HttpAnswered one => $"answer {one.Request} {one.Status} {Text(one.Body)}",
            SessionInput.SocketReceived one => $"received {one.Connection} {Text(one.Text)}",
            SessionEffect.SendHttp one => $"ask {one.Request} {one.Path} {Text(one.Body)}",
            SessionEffect.SendSocket one => $"send {one.Connection} {Text(one.Text)}",
            GatewayInput.Operated => "operated",
            _ => Short(subject.ToString() ?? ""),
        };

    private static string Text(ReadOnlyMemory<byte> bytes) => Short(Encoding.UTF8.GetString(bytes.Span));

    private static string Short(string text) => text.Length <= LengthMax ? text : text[..LengthMax] + "…";
}
