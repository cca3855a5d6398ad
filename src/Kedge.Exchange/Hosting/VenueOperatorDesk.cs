using System.Buffers;
using System.Text;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Hosting;

/// <summary>
/// What the operator of a simulated venue may ask for: <c>GET /status</c>, <c>POST /accounts</c>
/// (<c>{"address":"0x…","agent":"0x…","usd":100000}</c>), and what <see cref="FaultyGateway.Administer"/> answers.
/// </summary>
/// <param name="gateway">The gateway that is run.</param>
/// <param name="core">The exchange inside it.</param>
public sealed class VenueOperatorDesk(FaultyGateway gateway, ExchangeCore core) : IOperatorDesk
{
    /// <summary>Most money one request brings, USD.</summary>
    public const long UsdMax = 1_000_000_000;

    /// <inheritdoc/>
    public OperatorAnswer Answer(OperatorRequest request, in Now now, IEffectSink<GatewayOutput> effects)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (request.Method, request.Path) switch
        {
            ("GET", "/status") => Status(now),
            ("POST", "/accounts") => OpenAccount(request, in now, effects),
            _ => Administer(request, in now, effects),
        };
    }

    private OperatorAnswer Administer(OperatorRequest request, in Now now, IEffectSink<GatewayOutput> effects)
    {
        AdminAnswer answer = gateway.Administer(request.Method, request.Path, request.Body, in now, effects);
        return new OperatorAnswer(answer.Status, IsJson: true, answer.Json);
    }

    private OperatorAnswer Status(Now now) =>
        Json(json =>
        {
            json.WriteNumber("time", now.WallMs);
            json.WriteStartArray("symbols");
            foreach (Instrument instrument in core.Settings.Instruments)
            {
                json.WriteStringValue(instrument.Name);
            }

            json.WriteEndArray();
        });

    private OperatorAnswer OpenAccount(OperatorRequest request, in Now now, IEffectSink<GatewayOutput> effects)
    {
        if (Read(request.Body) is not { } wanted)
        {
            return Text(400, "give {\"address\":\"0x…\",\"agent\":\"0x…\" or null,\"usd\":0 to 1000000000}");
        }

        (Crypto.Address address, Crypto.Address? agent, long usd) = wanted;
        GatewayInput input = new GatewayInput.Operated(
            new VenueOperation.OpenAccount(CoreAddress(address), agent is { } a ? CoreAddress(a) : null, usd * Bounds.Usd)
        );
        Watch watch = new(effects);
        gateway.Handle(in input, in now, watch);
        return watch.Problem is { } problem
            ? Text(409, problem)
            : Json(json =>
            {
                json.WriteString("address", address.ToString());
                json.WriteString("agent", agent?.ToString());
                json.WriteNumber("usd", usd);
            });
    }

    private static (Crypto.Address Address, Crypto.Address? Agent, long Usd)? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("address", out JsonElement text)
                || !Crypto.Address.TryParseChecked(text.GetString(), out Crypto.Address address)
            )
            {
                return null;
            }

            Crypto.Address? agent = null;
            if (root.TryGetProperty("agent", out JsonElement signer) && signer.ValueKind != JsonValueKind.Null)
            {
                if (!Crypto.Address.TryParseChecked(signer.GetString(), out Crypto.Address parsed))
                {
                    return null;
                }

                agent = parsed;
            }

            long usd = root.TryGetProperty("usd", out JsonElement money) ? money.GetInt64() : 0;
            return usd is >= 0 and <= UsdMax ? (address, agent, usd) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>An address as the core knows it.</summary>
    public static Core.Address CoreAddress(in Crypto.Address address) => Addresses.Of(in address);

    private static OperatorAnswer Text(int status, string text) => new(status, IsJson: false, Encoding.UTF8.GetBytes(text));

    private static OperatorAnswer Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new OperatorAnswer(200, IsJson: true, body.WrittenMemory);
    }

    /// <summary>Passes effects on and keeps the reason of a refused operation.</summary>
    private sealed class Watch(IEffectSink<GatewayOutput> effects) : IEffectSink<GatewayOutput>
    {
        internal string? Problem { get; private set; }

        public void Add(in GatewayOutput effect)
        {
            if (effect is GatewayOutput.Logged { Entry: { Code: "operation" } entry })
            {
                Problem = entry.Detail;
            }

            effects.Add(in effect);
        }
    }
}
