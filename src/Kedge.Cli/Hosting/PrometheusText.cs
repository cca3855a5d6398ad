using System.Globalization;
using System.Text;

namespace Kedge.Cli.Hosting;

/// <summary>Writes metrics as Prometheus reads them: text format 0.0.4. A family is begun once and its samples follow it.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private readonly StringBuilder _text = new();
    private string _family = "";

    /// <summary>A family of values that go up and down.</summary>
    public PrometheusText Gauge(string name, string help) => Begin(name, "gauge", help);

    /// <summary>A family of values that only grow while the process lives.</summary>
    public PrometheusText Counter(string name, string help) => Begin(name, "counter", help);

    /// <summary>One value of the family begun last.</summary>
    /// <param name="value">Any number, also not finite.</param>
    /// <param name="labels">Names and values.</param>
    public PrometheusText Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        Line(_family, value, labels);
        return this;
    }

    /// <summary>A whole histogram.</summary>
    /// <param name="name">Name of the family.</param>
    /// <param name="help">What it is, with its unit.</param>
    /// <param name="bounds">Upper bounds, ascending.</param>
    /// <param name="counts">Of each bucket alone, and one more for what is above all bounds.</param>
    /// <param name="sum">Of all values.</param>
    public PrometheusText Histogram(
        string name,
        string help,
        IReadOnlyList<double> bounds,
        IReadOnlyList<long> counts,
        double sum
    )
    {
        Begin(name, "histogram", help);
        long all = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            all += counts[i];
            Line($"{name}_bucket", all, [("le", i < bounds.Count ? Number(bounds[i]) : "+Inf")]);
        }

        Line($"{name}_sum", sum, []);
        Line($"{name}_count", all, []);
        return this;
    }

    /// <summary>All of it.</summary>
    public override string ToString() => _text.ToString();

    private PrometheusText Begin(string name, string type, string help)
    {
        _family = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help, quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    private void Line(string name, double value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
        for (int i = 0; i < labels.Length; i++)
        {
            _text
                .Append(i == 0 ? '{' : ',')
                .Append(labels[i].Name)
                .Append("=\"")
                .Append(Escape(labels[i].Value, quotes: true))
                .Append('"');
        }

        _text.Append(labels.Length == 0 ? " " : "} ").Append(Number(value)).Append('\n');
    }

    private static string Escape(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
