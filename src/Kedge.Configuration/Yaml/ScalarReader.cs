using System.Globalization;

namespace Kedge.Configuration.Yaml;

/// <summary>Turns a YAML value into the value of a key, or says why it cannot.</summary>
internal static class ScalarReader
{
    /// <summary>Reads a value that is not null.</summary>
    /// <returns>False with the reason in <paramref name="error"/>, a sentence that follows the path.</returns>
    public static bool TryRead(KeyDefinition key, YamlNode node, out SettingValue value, out string error)
    {
        value = default;
        error = "";
        switch (key.Type)
        {
            case KeyType.Float:
                return node is { Scalar: string f, Quoted: false } && TryDouble(f, out double number)
                    ? InRange(key, number, node, out value, out error)
                    : Expected("a number", node, out error);
            case KeyType.Int:
                return node is { Scalar: string i, Quoted: false } && IsInteger(i)
                    ? InRange(
                        key,
                        double.Parse(i, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                        node,
                        out value,
                        out error
                    )
                    : Expected("a whole number", node, out error);
            case KeyType.Bool:
                if (node is { Scalar: string b, Quoted: false } && TryBool(b, out bool flag))
                {
                    value = new SettingValue(flag ? 1 : 0);
                    return true;
                }

                return Expected("true or false", node, out error);
            case KeyType.Tier or KeyType.Enum:
                return TryWord(key, node, out value, out error);
            case KeyType.Interval:
                return TryInterval(key, node, out value, out error);
            case KeyType.Text:
                value = new SettingValue(node.Scalar?.Trim() ?? "");
                return node.Scalar is not null || Expected("a text", node, out error);
            default:
                return TryList(node, out value, out error);
        }
    }

    /// <summary>YAML 1.2 booleans.</summary>
    private static bool TryBool(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    private static bool IsInteger(string text)
    {
        int start = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        if (start == text.Length)
        {
            return false;
        }

        for (int i = start; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDouble(string text, out double value)
    {
        switch (text)
        {
            case ".nan" or ".NaN" or ".NAN":
                value = double.NaN;
                return true;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                value = double.PositiveInfinity;
                return true;
            case "-.inf" or "-.Inf" or "-.INF":
                value = double.NegativeInfinity;
                return true;
            default:
                const NumberStyles style =
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
                value = 0;
                return text.Length > 0
                    && (char.IsAsciiDigit(text[^1]) || text[^1] == '.')
                    && double.TryParse(text, style, CultureInfo.InvariantCulture, out value);
        }
    }

    private static bool InRange(KeyDefinition key, double number, YamlNode node, out SettingValue value, out string error)
    {
        value = new SettingValue(number);
        error = "";
        if (key.Accepts(number))
        {
            return true;
        }

        error =
            !double.IsFinite(number) ? $"must be finite, not {node.Kind}"
            : key.Range.Contains(number) ? $"must be at most {int.MaxValue}, not {node.Kind}"
            : $"must be {key.Range}, not {node.Kind}";
        return false;
    }

    private static bool TryWord(KeyDefinition key, YamlNode node, out SettingValue value, out string error)
    {
        string? word = node.Scalar?.Trim();
        for (int i = 0; i < key.Words.Count; i++)
        {
            if (string.Equals(word, key.Words[i], StringComparison.OrdinalIgnoreCase))
            {
                value = new SettingValue(i);
                error = "";
                return true;
            }
        }

        value = default;
        return Expected($"one of {string.Join(", ", key.Words)}", node, out error);
    }

    private static bool TryInterval(KeyDefinition key, YamlNode node, out SettingValue value, out string error)
    {
        const string suffix = "_candle";
        string? text = node.Scalar?.Trim();
        if (
            text is not null
            && text.EndsWith(suffix, StringComparison.Ordinal)
            && key.Words.Contains("mid", StringComparer.Ordinal)
        )
        {
            text = text[..^suffix.Length];
        }

        if (text is not null && key.Words.Contains(text, StringComparer.Ordinal))
        {
            value = new SettingValue(text);
            error = "";
            return true;
        }

        value = default;
        return Expected($"one of {string.Join(", ", key.Words.Select(w => w.Length == 0 ? "''" : w))}", node, out error);
    }

    private static bool TryList(YamlNode node, out SettingValue value, out string error)
    {
        value = default;
        if (node.Items is null)
        {
            return Expected("a list of symbols", node, out error);
        }

        List<string> items = [];
        foreach (YamlNode item in node.Items)
        {
            if (item.Scalar is null || item.IsNull || string.IsNullOrWhiteSpace(item.Scalar))
            {
                return Expected("a list of symbols, and an item is", item, out error);
            }

            items.Add(item.Scalar.Trim());
        }

        value = new SettingValue(items);
        error = "";
        return true;
    }

    private static bool Expected(string what, YamlNode node, out string error)
    {
        error = what.EndsWith(" is", StringComparison.Ordinal)
            ? $"must be {what} {node.Kind}"
            : $"must be {what}, not {node.Kind}";
        return false;
    }
}
