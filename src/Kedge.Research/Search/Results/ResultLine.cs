using System.Globalization;
using System.Text.Json;
using Kedge.Model;

namespace Kedge.Research.Search.Results;

/// <summary>A line of a result file, read back.</summary>
public sealed record ResultLine
{
    /// <summary>Id of the configuration.</summary>
    public required string ConfigId { get; init; }

    /// <summary>Place of the configuration in its search.</summary>
    public required long Index { get; init; }

    /// <summary>Values of the axes by path.</summary>
    public required IReadOnlyDictionary<string, double> Overrides { get; init; }

    /// <summary>Numbers of the row by field.</summary>
    public required IReadOnlyDictionary<string, double> Numbers { get; init; }

    /// <summary>The line itself, without its line feed.</summary>
    public required string Text { get; init; }

    /// <summary>A number of the row; not-a-number when the row has none of this name.</summary>
    public double Number(string field) => Numbers.TryGetValue(field, out double value) ? value : double.NaN;

    /// <summary>Reads a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="where">What to call its place in messages.</param>
    /// <exception cref="KedgeException">It is no row of a sweep (exit 2).</exception>
    public static ResultLine Parse(string text, string where)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            string id = root.GetProperty("config_id").GetString()!;
            Dictionary<string, double> numbers = new(StringComparer.Ordinal);
            foreach (JsonProperty field in root.EnumerateObject())
            {
                if (NumberOf(field.Value) is { } number)
                {
                    numbers[field.Name] = number;
                }
            }

            return new ResultLine
            {
                ConfigId = id,
                Index = long.Parse(id[(id.LastIndexOf('_') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture),
                Overrides = root.GetProperty("overrides")
                    .EnumerateObject()
                    .ToDictionary(o => o.Name, o => NumberOf(o.Value) ?? double.NaN, StringComparer.Ordinal),
                Numbers = numbers,
                Text = text,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw KedgeException.Usage($"{where}: is no row of a sweep; give the file that 'kedge sweep run' wrote", e);
        }
    }

    /// <summary>Reads a file, line by line.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KedgeException">It cannot be read (exit 4), or a line is no row (exit 2).</exception>
    public static IEnumerable<ResultLine> ReadFile(string path)
    {
        using StreamReader reader = Open(path);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            yield return Parse(line, $"{path}:{number}");
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static double? NumberOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when value.ValueEquals("Infinity") => double.PositiveInfinity,
            JsonValueKind.String when value.ValueEquals("-Infinity") => double.NegativeInfinity,
            JsonValueKind.String when value.ValueEquals("NaN") => double.NaN,
            _ => null,
        };
}
