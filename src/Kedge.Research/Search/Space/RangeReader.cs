using System.Globalization;
using Kedge.Configuration;
using Kedge.Configuration.Yaml;

namespace Kedge.Research.Search.Space;

/// <summary>Reads the values of an axis that is given as a range: <c>min</c>, <c>max</c>, and <c>step</c> or <c>log</c> (a number of values).</summary>
internal static class RangeReader
{
    /// <summary>The values; null when something is wrong, which is then noted.</summary>
    public static List<double>? Read(
        string path,
        KeyDefinition key,
        int line,
        Dictionary<string, YamlNode> fields,
        SpecProblems problems
    )
    {
        if (key.Type is not (KeyType.Float or KeyType.Int))
        {
            problems.Error(line, $"{path} is no number: list its values");
            return null;
        }

        decimal? min = Number("min");
        decimal? max = Number("max");
        if (min is null || max is null)
        {
            return null;
        }

        if (min > max)
        {
            problems.Error(line, $"{path}: min {min} is above max {max}");
            return null;
        }

        if (fields.ContainsKey("step") == fields.ContainsKey("log"))
        {
            problems.Error(line, $"{path}: a range needs step (a distance) or log (a number of values), one of them");
            return null;
        }

        return fields.ContainsKey("step") ? Stepped(min.Value, max.Value) : Logarithmic((double)min, (double)max);

        decimal? Number(string name)
        {
            if (
                fields.TryGetValue(name, out YamlNode? node)
                && decimal.TryParse(node.Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            )
            {
                return value;
            }

            problems.Error(line, $"{path}: a range needs {name}, a number");
            return null;
        }

        List<double>? Stepped(decimal from, decimal to)
        {
            if (Number("step") is not { } step)
            {
                return null;
            }

            if (step <= 0)
            {
                problems.Error(line, $"{path}: step must be greater than 0, not {step}");
                return null;
            }

            List<double>? values = AxisValues.Stepped(from, to, step);
            if (values is null)
            {
                problems.Error(line, $"{path}: more than {AxisValues.Most} values; make the step larger");
            }

            return values;
        }

        List<double>? Logarithmic(double from, double to)
        {
            bool counts =
                int.TryParse(fields["log"].Scalar, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && count is >= 2 and <= AxisValues.Most;
            if (!counts || !(from > 0.0))
            {
                problems.Error(
                    line,
                    $"{path}: log is a number of values, 2 to {AxisValues.Most}, and needs a min greater than 0"
                );
                return null;
            }

            return AxisValues.Logarithmic(from, to, count, key.Type == KeyType.Int);
        }
    }

    /// <summary>A number as messages show it.</summary>
    public static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
