using Kedge.Configuration.Keys;
using Kedge.Model;

namespace Kedge.Configuration.Yaml;

/// <summary>Reads the <c>data</c> section.</summary>
internal sealed class DataReader(string source, Problems problems, Action<int, string, string?> unknown)
{
    private readonly Dictionary<string, SettingValue> _values = new(StringComparer.Ordinal);
    private List<DataRoute> _routes = [];

    /// <summary>Reads a section; what is wrong with it becomes problems.</summary>
    public DataSettings Read(YamlEntry section)
    {
        if (section.Value.Entries is not { } entries)
        {
            if (!section.Value.IsNull)
            {
                problems.Error(source, section.Line, $"data must be a map, not {section.Value.Kind}");
            }

            return new DataSettings();
        }

        foreach (YamlEntry entry in entries)
        {
            string path = $"data.{entry.Key}";
            KeyDefinition? key = DataKeys.All.FirstOrDefault(k => k.Path == path);
            if (entry.Key == "routes")
            {
                ReadRoutes(entry);
            }
            else if (key is null)
            {
                string? near = Spelling.Nearest(entry.Key, DataKeys.Names);
                unknown(entry.Line, path, near is null ? null : $"data.{near}");
            }
            else if (!entry.Value.IsNull)
            {
                ReadValue(key, entry);
            }
        }

        return Settings();
    }

    private DataSettings Settings()
    {
        DataSettings none = new();
        return new DataSettings
        {
            Sources = _values.TryGetValue("data.sources", out SettingValue sources) ? sources.Items : none.Sources,
            SqliteDir = Text("data.sqlite_dir"),
            ArchiveDir = Text("data.archive_dir"),
            WriteBack = Number("data.write_back", 1) != 0,
            VenueUrl = Text("data.venue_url") ?? none.VenueUrl,
            DuckDbThreads = Number("data.duckdb_threads", none.DuckDbThreads),
            DuckDbMemoryMb = Number("data.duckdb_memory_mb", none.DuckDbMemoryMb),
            Routes = _routes,
        };
    }

    private string? Text(string path) =>
        _values.TryGetValue(path, out SettingValue value) && value.Text.Length > 0 ? value.Text : null;

    private int Number(string path, int fallback) =>
        _values.TryGetValue(path, out SettingValue value) ? (int)value.Number : fallback;

    private void ReadValue(KeyDefinition key, YamlEntry entry)
    {
        if (key.Type == KeyType.List)
        {
            if (ReadSources(key.Path, entry) is { } sources)
            {
                _values[key.Path] = SettingValue.InOrder(sources);
            }
        }
        else if (ScalarReader.TryRead(key, entry.Value, out SettingValue value, out string error))
        {
            _values[key.Path] = value;
        }
        else
        {
            problems.Error(source, entry.Line, $"{key.Path} {error}");
        }
    }

    private void ReadRoutes(YamlEntry routes)
    {
        if (routes.Value.IsNull)
        {
            return;
        }

        if (routes.Value.Items is not { } items)
        {
            problems.Error(source, routes.Line, $"data.routes must be a list of maps, not {routes.Value.Kind}");
            return;
        }

        _routes = [];
        for (int i = 0; i < items.Count; i++)
        {
            ReadRoute($"data.routes[{i}]", items[i]);
        }
    }

    private void ReadRoute(string path, YamlNode item)
    {
        if (item.Entries is not { } entries)
        {
            problems.Error(source, item.Line, $"{path} must be a map, not {item.Kind}");
            return;
        }

        string[] symbols = [];
        AssetType? asset = null;
        string[]? sources = null;
        bool isNamed = false;
        foreach (YamlEntry entry in entries)
        {
            string child = $"{path}.{entry.Key}";
            switch (entry.Key)
            {
                case "symbols":
                    symbols = ReadWords(child, entry, "a list of symbols") ?? [];
                    break;
                case "asset" when AssetTypes.TryParse(entry.Value.Scalar?.Trim(), out AssetType known):
                    asset = known;
                    break;
                case "asset":
                    string words = string.Join(", ", AssetTypes.Names);
                    problems.Error(source, entry.Line, $"{child} must be one of {words}, not {entry.Value.Kind}");
                    break;
                case "sources":
                    isNamed = true;
                    sources = ReadSources(child, entry);
                    break;
                default:
                    string? near = Spelling.Nearest(entry.Key, DataKeys.Route.Select(r => r.Name));
                    unknown(entry.Line, child, near is null ? null : $"{path}.{near}");
                    break;
            }
        }

        if (!isNamed)
        {
            problems.Error(source, item.Line, $"{path} must name its sources");
        }
        else if (sources is not null)
        {
            _routes.Add(new DataRoute(symbols, asset, sources));
        }
    }

    private string[]? ReadSources(string path, YamlEntry entry)
    {
        string what = $"a list of {string.Join(", ", DataSettings.SourceNames)}";
        if (ReadWords(path, entry, what) is not { } names)
        {
            return null;
        }

        string? wrong = names.FirstOrDefault(n => !DataSettings.SourceNames.Contains(n, StringComparer.Ordinal));
        if (wrong is not null || names.Length == 0)
        {
            problems.Error(source, entry.Line, $"{path} must be {what}, not {(wrong is null ? "empty" : $"'{wrong}'")}");
            return null;
        }

        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            problems.Error(source, entry.Line, $"{path} names a source twice");
            return null;
        }

        return names;
    }

    private string[]? ReadWords(string path, YamlEntry entry, string what)
    {
        if (
            entry.Value.Items is { } items
            && items.TrueForAll(i => i.Scalar is not null && !i.IsNull && !string.IsNullOrWhiteSpace(i.Scalar))
        )
        {
            return [.. items.Select(i => i.Scalar!.Trim())];
        }

        problems.Error(source, entry.Line, $"{path} must be {what}, not {entry.Value.Kind}");
        return null;
    }
}
