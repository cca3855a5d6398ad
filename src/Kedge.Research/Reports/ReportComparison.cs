using System.Globalization;
using System.Text.Json;
using Kedge.Model;

namespace Kedge.Research.Reports;

/// <summary>
/// What differs between two JSON reports: every field, the trades that only one of them has (when both list trades), and where their
/// equity curves part (when both have one). Rows of group tables are matched by their key, not by their place.
/// </summary>
public sealed class ReportComparison
{
    private readonly List<FieldDifference> _fields = [];
    private readonly List<string> _onlyInA = [];
    private readonly List<string> _onlyInB = [];

    private ReportComparison() { }

    /// <summary>Fields that differ, in the order of A, then those only B has.</summary>
    public IReadOnlyList<FieldDifference> Fields => _fields;

    /// <summary>Whether both list their trades.</summary>
    public bool TradesCompared { get; private set; }

    /// <summary>Fills and funding payments both have: same time, symbol, action, price and size.</summary>
    public int TradesInBoth { get; private set; }

    /// <summary>Fills and funding payments only A has: time, symbol, action, price, size, reason.</summary>
    public IReadOnlyList<string> OnlyInA => _onlyInA;

    /// <summary>Fills and funding payments only B has.</summary>
    public IReadOnlyList<string> OnlyInB => _onlyInB;

    /// <summary>Whether nothing at all differs.</summary>
    public bool Equal => _fields.Count == 0 && _onlyInA.Count == 0 && _onlyInB.Count == 0;

    /// <summary>Whether the results are the same, whatever they were made from.</summary>
    public bool SameResults => _fields.TrueForAll(f => f.IsInput) && _onlyInA.Count == 0 && _onlyInB.Count == 0;

    /// <summary>Compares two files.</summary>
    /// <param name="pathA">The first report.</param>
    /// <param name="pathB">The second report.</param>
    /// <param name="relativeTolerance">Numbers that differ by no more than this fraction of A count as equal.</param>
    /// <exception cref="KedgeException">A file is missing (exit 4) or is no JSON report (exit 2).</exception>
    public static ReportComparison OfFiles(string pathA, string pathB, double relativeTolerance = 0.0)
    {
        using JsonDocument a = Read(pathA);
        using JsonDocument b = Read(pathB);
        return Of(a.RootElement, b.RootElement, relativeTolerance);
    }

    /// <summary>Compares two reports.</summary>
    public static ReportComparison Of(JsonElement a, JsonElement b, double relativeTolerance = 0.0)
    {
        ReportComparison comparison = new();
        List<(string Path, JsonElement Value)> left = Flatten(a);
        Dictionary<string, JsonElement> right = new(StringComparer.Ordinal);
        List<(string Path, JsonElement Value)> rightInOrder = Flatten(b);
        foreach ((string path, JsonElement value) in rightInOrder)
        {
            right[path] = value;
        }

        foreach ((string path, JsonElement value) in left)
        {
            if (right.Remove(path, out JsonElement other))
            {
                comparison.Compare(path, value, other, relativeTolerance);
            }
            else
            {
                comparison._fields.Add(new FieldDifference(path, value.GetRawText(), null, null, null));
            }
        }

        foreach ((string path, JsonElement value) in rightInOrder)
        {
            if (right.ContainsKey(path))
            {
                comparison._fields.Add(new FieldDifference(path, null, value.GetRawText(), null, null));
            }
        }

        comparison.CompareTrades(a, b);
        comparison.CompareCurves(a, b);
        return comparison;
    }

    private static JsonDocument Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            JsonDocument document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw KedgeException.Usage($"'{path}' is no report: its JSON is not an object");
        }
        catch (JsonException e)
        {
            throw KedgeException.Usage($"'{path}' is no report: not valid JSON at line {e.LineNumber + 1}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw KedgeException.Environment($"cannot read '{path}': there is no such file; check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string cause = Directory.Exists(path) ? "it is a folder" : e.Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw KedgeException.Environment($"cannot read '{path}': {cause}; check the path", e);
        }
    }

    private static List<(string Path, JsonElement Value)> Flatten(JsonElement root)
    {
        List<(string, JsonElement)> fields = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!property.NameEquals("trades") && !property.NameEquals("equity_curve"))
            {
                Flatten(property.Name, property.Value, fields);
            }
        }

        return fields;
    }

    private static void Flatten(string path, JsonElement value, List<(string, JsonElement)> fields)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                Flatten($"{path}.{property.Name}", property.Value, fields);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                Flatten($"{path}[{KeyOf(element) ?? index.ToString(CultureInfo.InvariantCulture)}]", element, fields);
                index++;
            }
        }
        else
        {
            fields.Add((path, value));
        }
    }

    /// <summary>The text of an object's first property: the key of a group row.</summary>
    private static string? KeyOf(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty first in element.EnumerateObject())
            {
                return first.Value.ValueKind == JsonValueKind.String ? first.Value.GetString() : null;
            }
        }

        return null;
    }

    private void Compare(string path, JsonElement a, JsonElement b, double tolerance)
    {
        if (a.ValueKind == JsonValueKind.Number && b.ValueKind == JsonValueKind.Number)
        {
            double left = a.GetDouble();
            double right = b.GetDouble();
            double difference = right - left;
            if (difference != 0.0 && Math.Abs(difference) > tolerance * Math.Abs(left))
            {
                double? relative = left == 0.0 ? null : difference / Math.Abs(left);
                _fields.Add(new FieldDifference(path, a.GetRawText(), b.GetRawText(), difference, relative));
            }
        }
        else if (a.ValueKind != b.ValueKind || !string.Equals(a.GetRawText(), b.GetRawText(), StringComparison.Ordinal))
        {
            _fields.Add(new FieldDifference(path, a.GetRawText(), b.GetRawText(), null, null));
        }
    }

    private void CompareTrades(JsonElement a, JsonElement b)
    {
        if (!a.TryGetProperty("trades", out JsonElement left) || !b.TryGetProperty("trades", out JsonElement right))
        {
            return;
        }

        TradesCompared = true;
        Dictionary<string, int> open = new(StringComparer.Ordinal);
        foreach (JsonElement trade in left.EnumerateArray())
        {
            string key = TradeKey(trade);
            open[key] = open.GetValueOrDefault(key) + 1;
        }

        foreach (JsonElement trade in right.EnumerateArray())
        {
            string key = TradeKey(trade);
            if (open.TryGetValue(key, out int count) && count > 0)
            {
                open[key] = count - 1;
                TradesInBoth++;
            }
            else
            {
                _onlyInB.Add(TradeText(trade));
            }
        }

        // What is left over in A, the last ones of equal keys first found missing.
        foreach (JsonElement trade in left.EnumerateArray())
        {
            string key = TradeKey(trade);
            if (open[key] > 0)
            {
                open[key]--;
                _onlyInA.Add(TradeText(trade));
            }
        }
    }

    private static string TradeKey(JsonElement trade) =>
        string.Join(
            '|',
            Text(trade, "timestamp"),
            Text(trade, "symbol"),
            Text(trade, "action"),
            Text(trade, "price"),
            Text(trade, "size")
        );

    private static string TradeText(JsonElement trade) =>
        string.Join(
            ' ',
            Text(trade, "timestamp"),
            Text(trade, "symbol"),
            Text(trade, "action"),
            Text(trade, "size"),
            "at",
            Text(trade, "price"),
            "-",
            Text(trade, "reason")
        );

    private static string Text(JsonElement trade, string name) =>
        trade.ValueKind == JsonValueKind.Object && trade.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private void CompareCurves(JsonElement a, JsonElement b)
    {
        if (!a.TryGetProperty("equity_curve", out JsonElement left) || !b.TryGetProperty("equity_curve", out JsonElement right))
        {
            return;
        }

        int lengthA = left.GetArrayLength();
        int lengthB = right.GetArrayLength();
        if (lengthA != lengthB)
        {
            _fields.Add(new FieldDifference("equity_curve.points", $"{lengthA}", $"{lengthB}", lengthB - lengthA, null));
        }

        using JsonElement.ArrayEnumerator others = right.EnumerateArray();
        JsonElement.ArrayEnumerator other = others.GetEnumerator();
        foreach (JsonElement point in left.EnumerateArray())
        {
            if (!other.MoveNext())
            {
                return;
            }

            string textA = Compact(point);
            string textB = Compact(other.Current);
            if (!string.Equals(textA, textB, StringComparison.Ordinal))
            {
                _fields.Add(new FieldDifference("equity_curve.first_difference", textA, textB, null, null));
                return;
            }
        }
    }

    private static string Compact(JsonElement point) =>
        point.ValueKind == JsonValueKind.Array
            ? "[" + string.Join(',', point.EnumerateArray().Select(v => v.GetRawText())) + "]"
            : point.GetRawText();
}
