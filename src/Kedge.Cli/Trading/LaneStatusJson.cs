using System.Globalization;
using System.Text;
using System.Text.Json;
using Kedge.Model;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Trading;

/// <summary>How a lane stands, as JSON and as lines for a person.</summary>
internal static class LaneStatusJson
{
    /// <summary>The whole of it.</summary>
    /// <param name="state">What is known.</param>
    public static string Write(LaneState state)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("lane", state.Lane);
            json.WriteString("mode", state.Mode);
            json.WriteString("account", state.Account);
            json.WriteString("session", state.Session);
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("config_id", state.ConfigId);
            json.WriteString("state", state.Phase);
            json.WriteString("health", state.Health);
            Strings(json, "reasons", state.Reasons);
            Strings(json, "symbols", state.Symbols);
            json.WriteBoolean("session_up", state.IsSessionUp);
            if (state.Engine is { } engine)
            {
                Write(json, engine);
            }

            json.WriteNumber("queue", state.Waiting);
            json.WriteNumber("queue_most", state.MostWaiting);
            json.WriteNumber("prices_coalesced", state.CoalescedPrices);
            Strings(json, "bars_awaited", state.BarsAwaited);
            json.WriteNumber("alerts", state.Alerts);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>For a person.</summary>
    /// <param name="json">As <see cref="Write(LaneState)"/> made it.</param>
    public static IReadOnlyList<string> Lines(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        List<string> lines =
        [
            $"lane {Text(root, "lane")} ({Text(root, "mode")}), account {Text(root, "account")}: {Text(root, "health")}",
        ];
        lines.AddRange(root.GetProperty("reasons").EnumerateArray().Select(r => $"  {r.GetString()}"));
        if (root.TryGetProperty("equity", out JsonElement equity))
        {
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"equity {equity.GetDouble():F2}, balance {root.GetProperty("balance").GetDouble():F2}, exposure {root.GetProperty("exposure").GetDouble():F2}, kill {Text(root, "kill")}, {Tick(root.GetProperty("last_tick_ms").GetInt64())}"
                )
            );
            foreach (JsonElement latch in root.GetProperty("latches").EnumerateArray())
            {
                lines.Add($"latch {Text(latch, "key")} ({Text(latch, "mode")}): {Text(latch, "reason")}");
            }

            foreach (JsonElement p in root.GetProperty("positions").EnumerateArray())
            {
                lines.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Text(p, "symbol")} {Text(p, "side")} {p.GetProperty("size").GetDouble():G8} from {p.GetProperty("entry_price").GetDouble():G8}, now {p.GetProperty("mark").GetDouble():G8} ({Text(p, "strategy")})"
                    )
                );
            }
        }

        return lines;
    }

    private static string Tick(long ms) => ms == 0 ? "no tick yet" : $"last tick {Timestamp.Show(ms)}";

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LaneSnapshot engine)
    {
        json.WriteNumber("time_ms", engine.TimeMs);
        json.WriteNumber("equity", Finite(engine.Equity));
        json.WriteNumber("balance", Finite(engine.Balance));
        json.WriteNumber("exposure", Finite(engine.Exposure));
        json.WriteNumber("fees", Finite(engine.Fees));
        json.WriteNumber("funding", Finite(engine.Funding));
        json.WriteNumber("daily_loss_pct", Finite(engine.DailyLossPct));
        json.WriteNumber("drawdown_pct", Finite(engine.DrawdownPct));
        json.WriteNumber("last_tick_ms", engine.LastTickMs);
        json.WriteNumber("ticks", engine.Ticks);
        json.WriteNumber("unresolved_orders", engine.Unresolved);
        json.WriteNumber("refused", engine.Refused);
        json.WriteString("kill", engine.Kill.Name());
        json.WriteStartArray("latches");
        foreach (KillLatch latch in engine.Latches)
        {
            json.WriteStartObject();
            json.WriteString("key", latch.Key);
            json.WriteString("mode", latch.Mode.Name());
            json.WriteString("reason", latch.Reason);
            json.WriteNumber("since_ms", latch.SinceWallMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("positions");
        foreach (LanePosition p in engine.Positions)
        {
            json.WriteStartObject();
            json.WriteString("symbol", p.Symbol);
            json.WriteString("side", p.Side);
            json.WriteNumber("size", p.Size);
            json.WriteNumber("entry_price", p.EntryPrice);
            json.WriteNumber("mark", p.Mark);
            json.WriteNumber("opened_ms", p.OpenedMs);
            json.WriteString("strategy", p.Strategy);
            json.WriteNumber("foreign", p.Foreign);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0.0;
}
