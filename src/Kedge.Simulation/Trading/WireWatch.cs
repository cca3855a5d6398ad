using System.Text.Json;

namespace Kedge.Simulation.Trading;

/// <summary>What leaves for the venue, request by request: nonces rise and no order goes twice, over all lives.</summary>
internal sealed class WireWatch(LaneReport report)
{
    private readonly HashSet<string> _orders = new(StringComparer.Ordinal);
    private long _nonce;

    /// <summary>A request leaves.</summary>
    public void Request(string path, ReadOnlyMemory<byte> body)
    {
        if (path != "/exchange")
        {
            return;
        }

        using JsonDocument request = JsonDocument.Parse(body);
        long nonce = request.RootElement.GetProperty("nonce").GetInt64();
        if (nonce <= _nonce)
        {
            report.Complain(LaneInvariant.NoncesRise, $"nonce {nonce} follows {_nonce}");
        }

        _nonce = nonce;
        if (!request.RootElement.GetProperty("action").TryGetProperty("orders", out JsonElement orders))
        {
            return;
        }

        foreach (JsonElement order in orders.EnumerateArray())
        {
            if (order.TryGetProperty("c", out JsonElement id) && !_orders.Add(id.GetString()!))
            {
                report.Complain(LaneInvariant.IdsAreUnique, $"order {id} left twice");
            }
        }
    }
}
