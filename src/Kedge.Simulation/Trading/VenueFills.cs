using System.Text;
using System.Text.Json;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Orders;

namespace Kedge.Simulation.Trading;

/// <summary>What the venue itself says was traded, asked as anybody would ask, against what was booked.</summary>
internal static class VenueFills
{
    /// <summary>Each fill of the account is booked whole, to the order whose id it bears and to nobody else's; and orders end as they were filled.</summary>
    public static void Compare(HyperliquidGateway gateway, string account, LedgerMirror mirror, Now now, LaneReport report)
    {
        Dictionary<ClientOrderId, decimal> filled = [];
        foreach (((long trade, long order), (string coin, decimal size, ClientOrderId id)) in Read(gateway, account, now))
        {
            MirroredIntent? own = id.IsNone ? null : mirror.ByOrder.GetValueOrDefault(id);
            if (!id.IsNone)
            {
                filled[id] = filled.GetValueOrDefault(id) + size;
            }

            if (!mirror.Fills.TryGetValue((trade, order), out BookedFill booked))
            {
                report.Complain(
                    LaneInvariant.FillsBelong,
                    $"the venue's fill {trade} of order {order} ({coin}) is booked nowhere"
                );
            }
            else if (booked.Size != size)
            {
                report.Complain(
                    LaneInvariant.FillsBelong,
                    $"the venue's fill {trade} of order {order} ({coin}) is {size}, {booked.Size} are booked"
                );
            }
            else if (booked.IntentId != own?.Row.IntentId)
            {
                report.Complain(
                    LaneInvariant.FillsBelong,
                    $"the venue's fill {trade} is of order '{own?.Row.IntentId}', it is booked to '{booked.IntentId}'"
                );
            }
        }

        foreach (MirroredIntent intent in mirror.ByOrder.Values)
        {
            decimal size = filled.GetValueOrDefault(intent.Row.ClientOrderId);
            bool isWhole = size == intent.Row.RequestedSize.ToDecimal();
            bool fits = intent.Status switch
            {
                IntentStatus.Filled => isWhole,
                IntentStatus.PartialCancelled => size > 0m && !isWhole,
                >= IntentStatus.Filled => size == 0m,
                _ => true,
            };
            if (!fits)
            {
                report.Complain(
                    LaneInvariant.EndsByTheVenue,
                    $"{intent.Row.IntentId} counts as {intent.Status} and has fills of {size}"
                );
            }
        }
    }

    private static Dictionary<(long Trade, long Order), (string Coin, decimal Size, ClientOrderId Id)> Read(
        HyperliquidGateway gateway,
        string account,
        Now now
    )
    {
        Dictionary<(long Trade, long Order), (string Coin, decimal Size, ClientOrderId Id)> fills = [];
        for (long from = 0, page = 1; ; page++)
        {
            Answers answers = new();
            byte[] question = Encoding.UTF8.GetBytes(
                $$"""{"type":"userFillsByTime","user":"{{account}}","startTime":{{from}}}"""
            );

            // Each page by another caller, whose budget nobody has used.
            gateway.Handle(
                new GatewayInput.HttpRequested(long.MaxValue - page, "/info", question, $"auditor {page}"),
                now,
                answers
            );
            using JsonDocument document = JsonDocument.Parse(answers.Body);
            long last = from;
            int before = fills.Count;
            int count = document.RootElement.GetArrayLength();
            foreach (JsonElement fill in document.RootElement.EnumerateArray())
            {
                ClientOrderId id = default;
                if (fill.TryGetProperty("cloid", out JsonElement own))
                {
                    _ = ClientOrderId.TryParse(own.GetString()!, out id);
                }

                last = fill.GetProperty("time").GetInt64();
                fills[(fill.GetProperty("tid").GetInt64(), fill.GetProperty("oid").GetInt64())] = (
                    fill.GetProperty("coin").GetString()!,
                    decimal.Parse(fill.GetProperty("sz").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                    id
                );
            }

            if (count == 0)
            {
                return fills;
            }

            // A page of nothing but known fills, as many as one holds may be of one moment: what follows is later.
            from = fills.Count == before ? last + 1 : last;
        }
    }

    private sealed class Answers : IEffectSink<GatewayOutput>
    {
        public ReadOnlyMemory<byte> Body { get; private set; } = "[]"u8.ToArray();

        public void Add(in GatewayOutput effect) =>
            Body = effect is GatewayOutput.HttpResponded { Request: > long.MaxValue / 2 } answer ? answer.Body : Body;
    }
}
