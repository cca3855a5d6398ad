using System.Globalization;
using System.Reflection;
using Kedge.Kernel;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

internal static class TemporaryKeys
{
    public static Parameters Build(IEnumerable<KeyValuePair<string, string>> overrides)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal) { ["trade.size_multiplier"] = "1" };
        foreach (string line in File.ReadLines(ReferenceData.Require("spec/config.md")))
        {
            if (line.StartsWith("## 5", StringComparison.Ordinal)) break;
            string[] c = line.Split('|');
            if (c.Length > 5 && c[1].Trim().StartsWith('`') && !c[1].Contains("engine.", StringComparison.Ordinal))
                values[c[1].Trim().Trim('`')] = c[3].Trim();
        }
        foreach ((string k, string v) in overrides) values[k] = v;
        object boxed = default(Parameters);
        foreach ((string key, string text) in values)
        {
            if (key == "indicators.ave_avg_atr_window") continue;
            string section = key[..key.LastIndexOf('.')];
            string name = string.Concat(key[(key.LastIndexOf('.') + 1)..].Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
            string group = section switch { "trade" => "Trade", "filters" => "Filters", "indicators" => "Indicators", "market_regime" => "Regime",
                "thresholds.entry" => "Entry", "thresholds.ranging" => "Ranging", "thresholds.anomaly" => "Anomaly", "thresholds.tp_and_momentum" => "Momentum", "thresholds.stoch_rsi" => "StochRsi", _ => throw new InvalidOperationException(key) };
            FieldInfo g = typeof(Parameters).GetField(group)!;
            object sub = g.GetValue(boxed)!;
            FieldInfo f = sub.GetType().GetField(name) ?? throw new InvalidOperationException(key);
            f.SetValue(sub, f.FieldType.IsEnum ? Enum.Parse(f.FieldType, text, true) : f.FieldType == typeof(bool) ? bool.Parse(text) : Convert.ChangeType(double.Parse(text, CultureInfo.InvariantCulture), f.FieldType, CultureInfo.InvariantCulture));
            g.SetValue(boxed, sub);
        }
        return (Parameters)boxed;
    }
}
