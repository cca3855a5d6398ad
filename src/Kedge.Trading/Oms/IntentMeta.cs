using System.Buffers;
using System.Text;
using System.Text.Json;
using Kedge.Kernel;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Oms;

/// <summary>Why an order was wanted, with the numbers that were known: what makes every trade answer "why".</summary>
internal static class IntentMeta
{
    public static string Of(in KernelOrder order, in Snapshot view, StrategyIdentity strategy, StrategySignal? signal)
    {
        ArrayBufferWriter<byte> into = new(512);
        using (Utf8JsonWriter json = new(into))
        {
            json.WriteStartObject();
            json.WriteStartObject("order");
            json.WriteString("reason", order.Reason.ToString());
            Number(json, "price", order.Price);
            Number(json, "expected_price", order.ExpectedPrice);
            Number(json, "size", order.Size);
            Number(json, "leverage", order.Leverage);
            Number(json, "margin", order.Margin);
            Number(json, "fee", order.Fee);
            Number(json, "value", order.Value);
            Number(json, "value2", order.Value2);
            Number(json, "value3", order.Value3);
            json.WriteEndObject();
            if (signal is not null)
            {
                Write(json, strategy, signal);
            }

            json.WriteStartObject("audit");
            json.WriteNumber("bar_open_ms", view.OpenTimeMs);
            Number(json, "close", view.Close);
            Number(json, "atr", view.Atr);
            Number(json, "adx", view.Adx);
            Number(json, "rsi", view.Rsi);
            Number(json, "ema_fast", view.EmaFast);
            Number(json, "ema_slow", view.EmaSlow);
            Number(json, "ema_macro", view.EmaMacro);
            Number(json, "macd_hist", view.MacdHist);
            Number(json, "bb_width_ratio", view.BbWidthRatio);
            Number(json, "funding_rate", view.FundingRate);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(into.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, StrategyIdentity strategy, StrategySignal signal)
    {
        json.WriteStartObject("signal");
        json.WriteString("strategy", strategy.Name);
        json.WriteString("version", strategy.Version);
        json.WriteString("action", signal.Action.ToString());
        if (signal.Quantity is { } quantity)
        {
            json.WriteNumber("quantity", quantity);
        }

        json.WriteStartObject("metadata");
        foreach ((string key, string value) in signal.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
