using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Kedge.Cli.Commands;

/// <summary>Options with a number, read the same everywhere: a point for decimals, no thousands separators.</summary>
internal static class NumberOptions
{
    /// <summary>An option with a decimal number.</summary>
    public static Option<double> Decimal(string name, string description, double fallback) =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => ReadDecimal(result, name) ?? fallback,
        };

    /// <summary>An option with a decimal number that may be left out.</summary>
    public static Option<double?> Decimal(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result => ReadDecimal(result, name),
        };

    /// <summary>An option with a whole number.</summary>
    public static Option<T> Whole<T>(string name, string description, T fallback)
        where T : struct, IParsable<T> =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                string text = Text(result);
                if (
                    text.AsSpan().TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0
                    && T.TryParse(text, CultureInfo.InvariantCulture, out T value)
                )
                {
                    return value;
                }

                result.AddError($"{name}: '{text}' is not a whole number in range");
                return fallback;
            },
        };

    private static double? ReadDecimal(ArgumentResult result, string name)
    {
        string text = Text(result);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
        {
            return value;
        }

        result.AddError($"{name}: '{text}' is not a number; write it with a point, e.g. 2500.5");
        return null;
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
}
