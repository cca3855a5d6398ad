using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kedge.Cli.Tests.Hosting;

/// <summary>Reads the text format 0.0.4 as its description says, and refuses what breaks it.</summary>
internal sealed partial class PrometheusReader
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    /// <summary>Type of each family.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Help of each family.</summary>
    public Dictionary<string, string> Help { get; } = new(StringComparer.Ordinal);

    /// <summary>All samples by name and labels, such as <c>a{b="c"}</c>.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    public static PrometheusReader Read(string text)
    {
        PrometheusReader reader = new();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        string family = "";
        foreach (string line in text.Split('\n').SkipLast(1))
        {
            Assert.NotEqual("", line);
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                string[] parts = line[7..].Split(' ', 2);
                Assert.True(reader.Help.TryAdd(parts[0], Unescape(parts[1])), $"help twice: {line}");
                family = parts[0];
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                string[] parts = line[7..].Split(' ');
                Assert.Equal(family, parts[0]);
                Assert.Contains(parts[1], new[] { "counter", "gauge", "histogram" });
                Assert.True(reader.Types.TryAdd(parts[0], parts[1]), $"type twice: {line}");
            }
            else
            {
                reader.Sample(family, line);
            }
        }

        return reader;
    }

    public double this[string sample] =>
        _samples.TryGetValue(sample, out double value) ? value : throw new KeyNotFoundException($"no sample {sample}");

    private static string Unescape(string text)
    {
        StringBuilder plain = new();
        for (int i = 0; i < text.Length; i++)
        {
            plain.Append(
                text[i] != '\\' ? text[i]
                : text[++i] == 'n' ? '\n'
                : text[i]
            );
        }

        return plain.ToString();
    }

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="(\\[\\n"]|[^\\"\n])*",?)*\})? (\S+)$""")]
    private static partial Regex Form();

    private void Sample(string family, string line)
    {
        Match match = Form().Match(line);
        Assert.True(match.Success, $"no sample: {line}");
        string name = match.Groups[1].Value;
        bool isPart =
            Types[family] == "histogram"
            && name is { } n
            && (n == $"{family}_bucket" || n == $"{family}_sum" || n == $"{family}_count");
        Assert.True(name == family || isPart, $"{name} is not of {family}");
        double value = match.Groups[5].Value switch
        {
            "NaN" => double.NaN,
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            string number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        Assert.True(_samples.TryAdd(name + Unescape(match.Groups[2].Value), value), $"twice: {line}");
    }
}
