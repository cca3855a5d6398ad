using System.Globalization;
using Kedge.Configuration;
using Kedge.Configuration.Yaml;

namespace Kedge.Research.Search.Space;

/// <summary>The values of one axis: listed, or from a range.</summary>
internal static class AxisValues
{
    /// <summary>Most values one axis may have.</summary>
    public const int Most = 10_000;

    private const int SignificantDigits = 6;

    /// <summary>Reads one listed value: a number, or a word of the key.</summary>
    public static double? Listed(KeyDefinition key, YamlNode node)
    {
        if (node.Scalar is not { } text || node.IsNull)
        {
            return null;
        }

        if (!node.Quoted && Number(text) is { } number)
        {
            return number;
        }

        if (key.Type == KeyType.Bool)
        {
            return text is "true" or "True" or "TRUE" ? 1.0
                : text is "false" or "False" or "FALSE" ? 0.0
                : null;
        }

        for (int i = 0; i < key.Words.Count; i++)
        {
            if (string.Equals(key.Words[i], text.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>min, min + step, … up to max, in decimal arithmetic so that 0.1 + 0.2 is 0.3.</summary>
    /// <returns>Null when there would be more than <see cref="Most"/>.</returns>
    public static List<double>? Stepped(decimal min, decimal max, decimal step)
    {
        if ((max - min) / step >= Most)
        {
            return null;
        }

        List<double> values = [];
        for (decimal value = min; value <= max; value += step)
        {
            values.Add((double)value);
        }

        return values;
    }

    /// <summary>Values at equal distances in the logarithm, both ends included, to six significant digits; whole for an integer key.</summary>
    public static List<double> Logarithmic(double min, double max, int count, bool whole)
    {
        List<double> values = [];
        for (int k = 0; k < count; k++)
        {
            double value =
                k == 0 ? min
                : k == count - 1 ? max
                : Rounded(min * Math.Pow(max / min, (double)k / (count - 1)));
            value = whole ? Math.Round(value, MidpointRounding.AwayFromZero) : value;
            if (values.Count == 0 || values[^1] < value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>A number as YAML writes it; null for anything else.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : null;

    private static double Rounded(double value) =>
        double.Parse(value.ToString($"E{SignificantDigits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
