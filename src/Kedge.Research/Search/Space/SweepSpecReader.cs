using System.Globalization;
using Kedge.Configuration;
using Kedge.Configuration.Yaml;
using Kedge.Model;

namespace Kedge.Research.Search.Space;

/// <summary>
/// Reads a sweep specification: <c>initial_balance</c>, <c>lookback</c> and <c>axes</c>, each with a path, values (or min, max and step or log) and an
/// optional gate. Whatever is wrong is told with its line before anything runs.
/// </summary>
public static class SweepSpecReader
{
    private const long MaxBytes = 4 << 20;
    private const string SymbolPrefix = "symbols.";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="KedgeException">It cannot be read (exit 4), or something in it is wrong (exit 2), a line each.</exception>
    public static SweepSpec Load(string path, out SpecProblems problems)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw KedgeException.Environment($"{path}: cannot read the sweep specification: it is a folder; name a file");
            }

            using FileStream stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length > MaxBytes)
            {
                throw KedgeException.Usage($"{path}: larger than {MaxBytes >> 20} MiB; this is no sweep specification");
            }

            using StreamReader reader = new(stream);
            return Parse(reader.ReadToEnd(), path, out problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot read the sweep specification: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="KedgeException">Something in it is wrong (exit 2), a line each.</exception>
    public static SweepSpec Parse(string text, string source, out SpecProblems problems)
    {
        Problems syntax = new();
        YamlNode? root = YamlReader.Read(text, source, syntax);
        syntax.ThrowIfAny();
        problems = new SpecProblems(source);
        if (root?.Entries is null)
        {
            throw KedgeException.Usage($"{source}: a sweep specification is a map with 'axes'; see config/sweeps/smoke.yaml");
        }

        double? balance = null;
        int? lookback = null;
        YamlNode? axes = null;
        foreach (YamlEntry entry in root.Entries)
        {
            switch (entry.Key)
            {
                case "axes":
                    axes = entry.Value;
                    break;
                case "initial_balance":
                    balance = AxisValues.Number(entry.Value.Scalar ?? "");
                    if (balance is null or <= 0.0)
                    {
                        problems.Error(entry.Line, $"initial_balance must be a number greater than 0, not {entry.Value.Kind}");
                    }

                    break;
                case "lookback":
                    lookback = int.TryParse(entry.Value.Scalar, NumberStyles.None, CultureInfo.InvariantCulture, out int bars)
                        ? bars
                        : null;
                    if (lookback is null)
                    {
                        problems.Error(entry.Line, $"lookback must be a whole number of 0 or more, not {entry.Value.Kind}");
                    }

                    break;
                default:
                    if (!entry.Key.StartsWith('_'))
                    {
                        problems.Error(entry.Line, $"{entry.Key} is unknown; known are axes, initial_balance and lookback");
                    }

                    break;
            }
        }

        problems.ThrowIfAny();
        List<SweepAxis> read = ReadAxes(axes, problems);
        problems.ThrowIfAny();
        return new SweepSpec
        {
            InitialBalance = balance,
            Lookback = lookback,
            Axes = read,
            Source = source,
        };
    }

    private static List<SweepAxis> ReadAxes(YamlNode? axes, SpecProblems problems)
    {
        List<SweepAxis> read = [];
        if (axes?.Items is not { Count: > 0 } items)
        {
            problems.Error(axes?.Line ?? 0, "there is no axis; give 'axes' a list with a path and values each");
            return read;
        }

        foreach (YamlNode item in items)
        {
            if (item.Entries is null)
            {
                problems.Error(item.Line, $"an axis is a map with 'path' and 'values', not {item.Kind}");
            }
            else if (ReadAxis(item, problems) is { } axis)
            {
                if (read.Find(a => a.Key == axis.Key && a.Symbol == axis.Symbol) is { } twice)
                {
                    problems.Error(axis.Line, $"{axis.Path} has an axis already, on line {twice.Line}");
                }

                read.Add(axis);
            }
        }

        return read;
    }

    private static SweepAxis? ReadAxis(YamlNode node, SpecProblems problems)
    {
        Dictionary<string, YamlNode> fields = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in node.Entries!)
        {
            fields[entry.Key] = entry.Value;
            if (entry.Key is not ("path" or "values" or "gate" or "min" or "max" or "step" or "log"))
            {
                problems.Error(
                    entry.Line,
                    $"{entry.Key} is unknown in an axis; known are path, values, gate, min, max, step and log"
                );
            }
        }

        if (!fields.TryGetValue("path", out YamlNode? named) || named.Scalar is not { Length: > 0 } path)
        {
            problems.Error(node.Line, "an axis needs a path, e.g. trade.sl_atr_mult");
            return null;
        }

        if (!TryFind(path, out KeyDefinition? key, out string? symbol, out string fault))
        {
            problems.Error(named.Line, fault);
            return null;
        }

        List<double>? values = ReadValues(path, key!, node.Line, fields, problems);
        AxisGate? gate = fields.TryGetValue("gate", out YamlNode? condition) ? ReadGate(path, condition, problems) : null;
        return values is null
            ? null
            : new SweepAxis
            {
                Path = path,
                Key = key!,
                Symbol = symbol,
                Values = values,
                Gate = gate,
                Line = node.Line,
            };
    }

    /// <summary>Finds what a path of an axis or of a gate names.</summary>
    internal static bool TryFind(string path, out KeyDefinition? key, out string? symbol, out string fault)
    {
        symbol = null;
        fault = "";
        string rest = path;
        if (!KeyTable.TryGet(path, out key) && path.StartsWith(SymbolPrefix, StringComparison.Ordinal))
        {
            // A symbol may hold dots: the longest rest that is a key decides.
            for (int dot = path.IndexOf('.', SymbolPrefix.Length); dot > 0 && key is null; dot = path.IndexOf('.', dot + 1))
            {
                rest = path[(dot + 1)..];
                if (KeyTable.TryGet(rest, out key))
                {
                    symbol = path[SymbolPrefix.Length..dot];
                }
            }
        }

        if (key is null)
        {
            string? near = KeyTable.Nearest(rest);
            fault = near is null
                ? $"{path} is not a key; 'kedge config show' lists all keys"
                : $"{path} is not a key; did you mean {near}?";
            return false;
        }

        if (!key.IsParameter)
        {
            fault = $"{path} cannot be searched: it is no parameter of a decision";
            return false;
        }

        if (symbol is not null && key.IsPortfolio)
        {
            fault = $"{rest} holds for the whole portfolio; it cannot be searched for {symbol} alone";
            return false;
        }

        return true;
    }

    private static List<double>? ReadValues(
        string path,
        KeyDefinition key,
        int line,
        Dictionary<string, YamlNode> fields,
        SpecProblems problems
    )
    {
        bool ranged =
            fields.ContainsKey("min") || fields.ContainsKey("max") || fields.ContainsKey("step") || fields.ContainsKey("log");
        bool listed = fields.TryGetValue("values", out YamlNode? list);
        if (ranged == listed)
        {
            problems.Error(line, $"{path} needs either values, or min and max with step or log");
            return null;
        }

        List<double>? values = listed
            ? ReadList(path, key, list!, problems)
            : RangeReader.Read(path, key, line, fields, problems);
        if (values is null)
        {
            return null;
        }

        foreach (double value in values.Where(v => !key.Accepts(v)))
        {
            problems.Error(line, $"{path} {RangeReader.Shown(value)} is no value of the key: {Wanted(key)}");
        }

        if (values.Distinct().Count() < values.Count)
        {
            problems.Error(line, $"{path} lists a value twice");
        }

        return values;
    }

    private static List<double>? ReadList(string path, KeyDefinition key, YamlNode list, SpecProblems problems)
    {
        if (list.Items is not { Count: > 0 } items)
        {
            problems.Error(list.Line, $"{path} has no values; list at least one");
            return null;
        }

        if (items.Count > AxisValues.Most)
        {
            problems.Error(list.Line, $"{path} has {items.Count} values; at most {AxisValues.Most} are allowed");
            return null;
        }

        List<double> values = [];
        foreach (YamlNode item in items)
        {
            if (AxisValues.Listed(key, item) is { } value)
            {
                values.Add(value);
            }
            else
            {
                problems.Error(item.Line, $"{path}: {item.Kind} is no value of the key: {Wanted(key)}");
            }
        }

        return values.Count == items.Count ? values : null;
    }

    private static AxisGate? ReadGate(string path, YamlNode node, SpecProblems problems)
    {
        string? of = node.Entries?.Find(e => e.Key == "path").Value?.Scalar;
        YamlNode? equal = node.Entries?.Find(e => e.Key == "eq").Value;
        if (of is null || equal is null || node.Entries!.Count != 2)
        {
            problems.Error(
                node.Line,
                $"the gate of {path} needs path and eq, e.g. gate: {{path: trade.enable_partial_tp, eq: 1}}"
            );
            return null;
        }

        if (!TryFind(of, out KeyDefinition? key, out _, out string fault))
        {
            problems.Error(node.Line, $"the gate of {path}: {fault}");
            return null;
        }

        if (AxisValues.Listed(key!, equal) is not { } value || !key!.Accepts(value))
        {
            problems.Error(node.Line, $"the gate of {path} can never open: {equal.Kind} is no value of {of}: {Wanted(key!)}");
            return null;
        }

        return new AxisGate(of, value);
    }

    private static string Wanted(KeyDefinition key) =>
        key.Type switch
        {
            KeyType.Bool => "false and true, or 0 and 1",
            KeyType.Tier or KeyType.Enum => $"{string.Join(", ", key.Words)}, or 0 to {key.Words.Count - 1}",
            KeyType.Int => $"a whole number, {key.Range}",
            _ => $"a number, {key.Range}",
        };
}
