using System.Buffers;
using System.Text;
using System.Text.Json;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>The administrator's door.</summary>
public sealed partial class FaultyGateway
{
    /// <summary>Longest body of an administrator's request, bytes.</summary>
    public const int AdminBytesMax = 1 << 20;

    /// <summary>
    /// Answers a request of the operator's: <c>POST /admin/faults</c> asks for a fault, <c>GET</c> there tells what went wrong;
    /// <c>PUT /admin/plan</c> takes a plan (YAML or JSON); <c>POST /admin/operations</c> does something at the venue; <c>POST /admin/stop</c> ends
    /// all faults. It checks nobody's identity: serve it on a loopback address only.
    /// </summary>
    /// <param name="method">HTTP method, upper case.</param>
    /// <param name="path">Path without query.</param>
    /// <param name="body">The body; empty where none is needed.</param>
    /// <param name="now">The moment.</param>
    /// <param name="effects">Where effects are appended, as in <see cref="Handle"/>.</param>
    /// <returns>The answer. Nothing in the body makes it throw.</returns>
    public AdminAnswer Administer(
        string method,
        string path,
        ReadOnlyMemory<byte> body,
        in Now now,
        IEffectSink<GatewayOutput> effects
    )
    {
        if (body.Length > AdminBytesMax)
        {
            return Refused(413, $"the body is longer than {AdminBytesMax} bytes");
        }

        switch (path, method)
        {
            case ("/admin/faults", "GET"):
                return Report();
            case ("/admin/faults", "POST"):
                return TakeShot(AdminBody.Read(body), in now, effects);
            case ("/admin/plan", "PUT"):
                return TakePlan(body.Span, in now, effects);
            case ("/admin/operations", "POST"):
                return TakeOperation(AdminBody.Read(body), in now, effects);
            case ("/admin/stop", "POST"):
                Stop(in now, effects);
                return Done();
            case ("/admin/faults" or "/admin/plan" or "/admin/operations" or "/admin/stop", _):
                return Refused(405, "this method is not served here");
            default:
                return Refused(404, "served are /admin/faults, /admin/plan, /admin/operations and /admin/stop");
        }
    }

    private AdminAnswer TakeShot(AdminBody body, in Now now, IEffectSink<GatewayOutput> effects) =>
        AdminWords.Shot(body) is not FaultShot shot ? Refused(400, body.Problem!)
        : Inject(shot, in now, effects) ? Done()
        : Refused(400, $"{FaultShot.WaitingMax} faults wait already");

    private AdminAnswer TakePlan(ReadOnlySpan<byte> body, in Now now, IEffectSink<GatewayOutput> effects)
    {
        FaultPlanText text = FaultPlanLoader.Read(Encoding.UTF8.GetString(body));
        if (text.Plan is null)
        {
            return Refused(400, string.Join("; ", text.Problems.Take(16)));
        }

        Change(text.Plan, in now, effects);
        return Done();
    }

    private AdminAnswer TakeOperation(AdminBody body, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (AdminWords.Operation(body) is not VenueOperation operation)
        {
            return Refused(400, body.Problem!);
        }

        Begin(in now, effects);
        Forward(new GatewayInput.Operated(operation));
        End();
        return Done();
    }

    private AdminAnswer Report() =>
        Written(
            200,
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("quiet", IsQuiet);
                json.WriteNumber("held", _held.Count);
                json.WriteNumber("waiting", _dice.Shots);
                json.WriteStartObject("counts");
                foreach (FaultKind kind in FaultWords.Kinds.Where(kind => Count(kind) > 0))
                {
                    json.WriteNumber(FaultWords.Word(kind), Count(kind));
                }

                json.WriteEndObject();
                json.WriteStartArray("log");
                foreach (GatewayLogEntry line in _journal.Lines)
                {
                    json.WriteStartObject();
                    json.WriteNumber("time", line.TimeMs);
                    json.WriteString("code", line.Code);
                    json.WriteString("subject", line.Subject);
                    json.WriteString("detail", line.Detail);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static AdminAnswer Done() =>
        Written(
            200,
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("done", true);
                json.WriteEndObject();
            }
        );

    private static AdminAnswer Refused(int status, string error) =>
        Written(
            status,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("error", error);
                json.WriteEndObject();
            }
        );

    private static AdminAnswer Written(int status, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new(256);
        using (Utf8JsonWriter json = new(bytes))
        {
            write(json);
        }

        return new AdminAnswer(status, bytes.WrittenMemory);
    }
}
