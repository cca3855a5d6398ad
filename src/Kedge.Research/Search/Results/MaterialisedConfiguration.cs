using System.Globalization;
using System.Text;
using Kedge.Configuration;
using Kedge.Model;

namespace Kedge.Research.Search.Results;

/// <summary>
/// A row of a search as a configuration file: every effective value that is not the built-in default, under <c>global</c> and <c>symbols</c>. The other
/// sections of the base (<c>live</c>, <c>modes</c>, <c>data</c>) are carried over as they stand.
/// </summary>
public static class MaterialisedConfiguration
{
    /// <summary>Writes the file, and reads it back to see that it is the configuration of the row.</summary>
    /// <param name="baseText">Text of the base configuration; empty for built-in defaults.</param>
    /// <param name="baseName">What to call it.</param>
    /// <param name="overrides">Overrides of the base that the search had.</param>
    /// <param name="row">The row.</param>
    /// <param name="resultName">What to call the result file.</param>
    /// <exception cref="KedgeException">The base is wrong, or the row's axes are not its keys (exit 2).</exception>
    public static string Write(
        string baseText,
        string baseName,
        IReadOnlyList<ConfigurationOverride> overrides,
        ResultLine row,
        string resultName
    )
    {
        ArgumentNullException.ThrowIfNull(row);
        ConfigurationOptions options = new() { Overrides = [.. overrides, .. row.Overrides.Select(Override)] };
        StrategyConfiguration wanted = ConfigurationLoader.Parse(baseText, baseName, options);
        StringBuilder yaml = new();
        yaml.Append("# ")
            .Append(row.ConfigId)
            .Append(" of ")
            .Append(resultName)
            .Append(", a search on ")
            .Append(baseName)
            .Append('\n');
        yaml.Append("# config id ").Append(wanted.ConfigId).Append('\n');
        foreach (string field in new[] { "total_pnl", "total_trades", "profit_factor", "max_drawdown_pct" })
        {
            yaml.Append("# ")
                .Append(field)
                .Append(' ')
                .Append(row.Number(field).ToString("R", CultureInfo.InvariantCulture))
                .Append('\n');
        }

        yaml.Append("# searched: ")
            .AppendJoin(", ", row.Overrides.Select(o => $"{o.Key} {o.Value.ToString("R", CultureInfo.InvariantCulture)}"))
            .Append("\n\n");
        yaml.Append("global:\n");
        if (!Section(yaml, KeyTable.Keys, k => wanted.Value(k.Path), k => k.Format(k.Default), 2))
        {
            yaml.Length -= "global:\n".Length;
            yaml.Append("global: {}\n");
        }

        Symbols(yaml, wanted);
        yaml.Append(Carried(baseText));
        string text = yaml.ToString();
        StrategyConfiguration written = ConfigurationLoader.Parse(text, "materialised", new ConfigurationOptions());
        return written.ConfigId == wanted.ConfigId
            ? text
            : throw new InvalidOperationException($"the file written for {row.ConfigId} is another configuration than the row's");
    }

    private static ConfigurationOverride Override(KeyValuePair<string, double> searched)
    {
        string path = searched.Key;
        if (!Space.SweepSpecReader.TryFind(path, out KeyDefinition? key, out _, out string fault))
        {
            throw KedgeException.Usage($"the row cannot be made a configuration: {fault}");
        }

        return new ConfigurationOverride(path, key!.Format(new SettingValue(key.Decode(searched.Value))), "row");
    }

    private static void Symbols(StringBuilder yaml, StrategyConfiguration wanted)
    {
        bool any = false;
        foreach (string symbol in wanted.Symbols)
        {
            StringBuilder own = new();
            if (Section(own, KeyTable.Keys, k => wanted.Value(k.Path, symbol), k => k.Format(wanted.Value(k.Path)), 4))
            {
                yaml.Append(any ? "" : "symbols:\n").Append("  ").Append(Quoted(symbol)).Append(":\n").Append(own);
                any = true;
            }
        }
    }

    /// <summary>Writes the keys that differ as nested maps, in the order of the key table.</summary>
    private static bool Section(
        StringBuilder yaml,
        IReadOnlyList<KeyDefinition> keys,
        Func<KeyDefinition, SettingValue> valueOf,
        Func<KeyDefinition, string> plain,
        int indent
    )
    {
        SortedDictionary<string, string> lines = new(StringComparer.Ordinal);
        foreach (KeyDefinition key in keys)
        {
            string value = key.Format(valueOf(key));
            if (!string.Equals(value, plain(key), StringComparison.Ordinal))
            {
                lines[key.Path] = key.Type is KeyType.Interval or KeyType.Text ? Quoted(value) : value;
            }
        }

        string[] open = [];
        foreach ((string path, string value) in lines)
        {
            string[] parts = path.Split('.');
            int same = 0;
            while (same < open.Length && same < parts.Length - 1 && open[same] == parts[same])
            {
                same++;
            }

            for (int depth = same; depth < parts.Length - 1; depth++)
            {
                yaml.Append(' ', indent + (2 * depth)).Append(parts[depth]).Append(":\n");
            }

            yaml.Append(' ', indent + (2 * (parts.Length - 1))).Append(parts[^1]).Append(": ").Append(value).Append('\n');
            open = parts[..^1];
        }

        return lines.Count > 0;
    }

    /// <summary>Top-level blocks of the base that are neither <c>global</c> nor <c>symbols</c>, line by line.</summary>
    private static string Carried(string baseText)
    {
        StringBuilder carried = new();
        bool keep = false;
        foreach (string line in baseText.Split('\n'))
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] is not '#' and not '-')
            {
                string name = line.Split(':')[0].Trim().Trim('"', '\'');
                keep = name is "live" or "modes" or "data" || name.StartsWith('_');
                carried.Append(keep ? "\n" : "");
            }

            if (keep)
            {
                carried.Append(line.TrimEnd('\r')).Append('\n');
            }
        }

        string text = carried.ToString().TrimEnd();
        return text.Length == 0 ? "" : text + "\n";
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
