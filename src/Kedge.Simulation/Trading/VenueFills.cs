using System.Text;
using System.Text.Json;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;

namespace Kedge.Simulation.Trading;

/// <summary>What the venue itself says was traded, asked as anybody would ask, against what was booked.</summary>
internal static class VenueFills
{
    /// <summary>Fills of the account that no booking knows, and fills of orders that are proven never to have come.</summary>
    public static IReadOnlyList<string> Missing(HyperliquidGateway gateway, string account, LedgerMirror mirror, Now now)
    {
        Answers answers = new();
        byte[] question = Encoding.UTF8.GetBytes($$"""{"type":"userFills","user":"{{account}}"}""");
        gateway.Handle(new GatewayInput.HttpRequested(long.MaxValue, "/info", question, "auditor"), now, answers);
        HashSet<(long Trade, long Order)> booked = [.. mirror.Fills.Select(f => (f.TradeId, f.VenueOrderId))];
        List<string> problems = [];
        using JsonDocument document = JsonDocument.Parse(answers.Body);
        foreach (JsonElement fill in document.RootElement.EnumerateArray())
        {
            (long trade, long order) = (fill.GetProperty("tid").GetInt64(), fill.GetProperty("oid").GetInt64());
            if (!booked.Contains((trade, order)))
            {
                problems.Add(
                    $"the venue's fill {trade} of order {order} ({fill.GetProperty("coin").GetString()}) is booked nowhere"
                );
            }

            if (
                fill.TryGetProperty("cloid", out JsonElement id)
                && Model.Orders.ClientOrderId.TryParse(id.GetString()!, out Model.Orders.ClientOrderId own)
                && mirror.ByOrder.TryGetValue(own, out MirroredIntent? intent)
                && intent.Status is IntentStatus.ProvenAbsent or IntentStatus.Rejected or IntentStatus.Blocked
            )
            {
                problems.Add($"{intent.Row.IntentId} counts as {intent.Status} and has fill {trade}");
            }
        }

        return problems;
    }

    private sealed class Answers : IEffectSink<GatewayOutput>
    {
        public ReadOnlyMemory<byte> Body { get; private set; } = "[]"u8.ToArray();

        public void Add(in GatewayOutput effect) =>
            Body = effect is GatewayOutput.HttpResponded { Request: long.MaxValue } answer ? answer.Body : Body;
    }
}
