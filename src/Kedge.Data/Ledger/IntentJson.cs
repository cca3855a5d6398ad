using System.Buffers;
using System.Text.Json;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Data.Ledger;

/// <summary>An intent as JSON, with the names of <c>oms_intents</c>.</summary>
internal static class IntentJson
{
    public static ReadOnlySpan<byte> Write(LedgerRow.IntentCreated intent)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteString("intent_id", intent.IntentId);
            json.WriteString("lane", intent.Lane);
            json.WriteNumber("created_ts_ms", intent.CreatedMs);
            json.WriteString("symbol", intent.Symbol);
            json.WriteString("action", LedgerNames.Of(intent.Action));
            json.WriteString("side", LedgerNames.OfSide(intent.IsBuy));
            json.WriteString("requested_size", intent.RequestedSize.ToString());
            json.WriteString("requested_notional", intent.RequestedNotional.ToString());
            json.WriteString("limit_price", intent.LimitPrice?.ToString());
            WriteNumber(json, "entry_atr", intent.EntryAtr);
            WriteNumber(json, "leverage", intent.Leverage);
            json.WriteNumber("decision_ts_ms", intent.DecisionMs);
            json.WriteString("strategy", intent.Strategy);
            json.WriteString("strategy_version", intent.StrategyVersion);
            json.WriteString("config_id", intent.ConfigId);
            json.WriteString("reason", intent.Reason);
            json.WriteString("confidence", intent.Confidence);
            json.WriteString("dedupe_key", intent.DedupeKey);
            json.WriteString("client_order_id", intent.ClientOrderId.ToString());
            json.WriteNumber("sequence", intent.Sequence);
            json.WriteString("owner", LedgerNames.Of(intent.Owner));
            json.WriteBoolean("reduce_only", intent.ReduceOnly);
            json.WriteString("time_in_force", LedgerNames.Of(intent.TimeInForce));
            if (intent.ExpiresMs is long expires)
            {
                json.WriteNumber("expires_ts_ms", expires);
            }

            json.WriteString("meta_json", intent.MetaJson);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan;
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">A value is not what it has to be.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    public static LedgerRow.IntentCreated Read(ReadOnlyMemory<byte> bytes)
    {
        using JsonDocument document = JsonDocument.Parse(bytes);
        JsonElement o = document.RootElement;
        return new LedgerRow.IntentCreated(
            IntentId: Text(o, "intent_id"),
            Lane: Text(o, "lane"),
            CreatedMs: o.GetProperty("created_ts_ms").GetInt64(),
            Symbol: Text(o, "symbol"),
            Action: LedgerNames.ParseAction(Text(o, "action")),
            IsBuy: Text(o, "side") == "BUY",
            RequestedSize: Amount.Parse(Text(o, "requested_size")),
            RequestedNotional: Amount.Parse(Text(o, "requested_notional")),
            LimitPrice: o.GetProperty("limit_price").GetString() is string limit ? Amount.Parse(limit) : null,
            EntryAtr: Number(o, "entry_atr"),
            Leverage: Number(o, "leverage"),
            DecisionMs: o.GetProperty("decision_ts_ms").GetInt64(),
            Strategy: Text(o, "strategy"),
            StrategyVersion: Text(o, "strategy_version"),
            ConfigId: Text(o, "config_id"),
            Reason: Text(o, "reason"),
            Confidence: Text(o, "confidence"),
            DedupeKey: o.GetProperty("dedupe_key").GetString(),
            ClientOrderId: ClientOrderId.TryParse(Text(o, "client_order_id"), out ClientOrderId id)
                ? id
                : throw new FormatException("no client order id"),
            Sequence: o.GetProperty("sequence").GetInt64(),
            Owner: Text(o, "owner") == "engine" ? IntentOwner.Engine : IntentOwner.Operator,
            ReduceOnly: o.GetProperty("reduce_only").GetBoolean(),
            TimeInForce: LedgerNames.ParseTimeInForce(Text(o, "time_in_force")),
            ExpiresMs: o.TryGetProperty("expires_ts_ms", out JsonElement expires) ? expires.GetInt64() : null,
            MetaJson: Text(o, "meta_json")
        );
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static double? Number(JsonElement o, string name) =>
        o.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;

    private static string Text(JsonElement o, string name) => o.GetProperty(name).GetString() ?? "";
}
