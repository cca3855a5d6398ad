namespace Kedge.Configuration.Yaml;

/// <summary>Walks the sections of a file, checks every value in all of them and lists what they set.</summary>
internal sealed class DocumentReader
{
    private static readonly string[] RootSections = ["global", "symbols", "live", "modes", "data"];
    private static readonly string[] NestedSections = ["global", "symbols"];

    private readonly string _source;
    private readonly bool _lenient;
    private readonly Problems _problems;
    private readonly List<Assignment> _assignments = [];
    private DataSettings _data = new();
    private readonly Dictionary<(string Section, int Key), (string Path, int Line)> _written = [];

    private DocumentReader(string source, bool lenient, Problems problems)
    {
        _source = source;
        _lenient = lenient;
        _problems = problems;
    }

    /// <summary>Everything the layers of the file set, in the order of the file, and the section <c>data</c>.</summary>
    public static (List<Assignment> Written, DataSettings Data) Read(string text, string source, bool lenient, Problems problems)
    {
        DocumentReader reader = new(source, lenient, problems);
        YamlNode? root = YamlReader.Read(text, source, problems);
        if (root is { Entries: null, IsNull: false })
        {
            problems.Error(source, root.Line, $"the file must be a map with the section global, not {root.Kind}");
        }
        else if (root?.Entries is not null)
        {
            reader.ReadRoot(root.Entries);
        }

        return (reader._assignments, reader._data);
    }

    private void ReadRoot(List<YamlEntry> entries)
    {
        foreach (YamlEntry entry in entries)
        {
            switch (entry.Key)
            {
                case "global":
                    ReadKeys(entry, new Section("global", SettingLayer.Global, Symbol: null, Mode: null));
                    break;
                case "symbols":
                    ReadSymbols(entry, new Section("symbols", SettingLayer.Symbol, Symbol: null, Mode: null));
                    break;
                case "live":
                    ReadOverlay(entry, new Section("live", SettingLayer.Live, Symbol: null, Mode: null));
                    break;
                case "modes":
                    ReadModes(entry);
                    break;
                case "data":
                    _data = new DataReader(_source, _problems, Unknown).Read(entry);
                    break;
                case string name when name.StartsWith('_'):
                    break;
                case string name when KeyTable.IsGroup(name) || KeyTable.TryGet(name, out _):
                    Unknown(entry.Line, name, $"global.{name}");
                    break;
                default:
                    Unknown(entry.Line, entry.Key, Spelling.Nearest(entry.Key, RootSections));
                    break;
            }
        }
    }

    private void ReadModes(YamlEntry modes)
    {
        if (!TryMap(modes, "modes", out List<YamlEntry> entries))
        {
            return;
        }

        foreach (YamlEntry entry in entries)
        {
            string name = $"modes.{entry.Key}";
            int index = StrategyModes.Names.ToList().IndexOf(entry.Key);
            if (index >= 0)
            {
                ReadOverlay(entry, new Section(name, SettingLayer.Mode, Symbol: null, (StrategyMode)index));
            }
            else
            {
                string? near = StrategyModes.TryParse(entry.Key, out StrategyMode mode)
                    ? mode.Name()
                    : Spelling.Nearest(entry.Key, StrategyModes.Names);
                Unknown(entry.Line, name, near is null ? null : $"modes.{near}");
            }
        }
    }

    /// <summary>A section that is either shorthand for all symbols or nested into <c>global</c> and <c>symbols</c>.</summary>
    private void ReadOverlay(YamlEntry overlay, Section section)
    {
        if (overlay.Value.Entries is not { } entries || !entries.Exists(e => Array.IndexOf(NestedSections, e.Key) >= 0))
        {
            ReadKeys(overlay, section);
            return;
        }

        foreach (YamlEntry entry in entries)
        {
            string name = $"{section.Name}.{entry.Key}";
            switch (entry.Key)
            {
                case "global":
                    ReadKeys(entry, section with { Name = name });
                    break;
                case "symbols":
                    ReadSymbols(entry, section with { Name = name });
                    break;
                default:
                    bool known = KeyTable.IsGroup(entry.Key) || KeyTable.TryGet(entry.Key, out _);
                    string? near = known ? $"global.{entry.Key}" : Spelling.Nearest(entry.Key, NestedSections);
                    Unknown(entry.Line, name, near is null ? null : $"{section.Name}.{near}");
                    break;
            }
        }
    }

    private void ReadSymbols(YamlEntry symbols, Section section)
    {
        if (!TryMap(symbols, section.Name, out List<YamlEntry> entries))
        {
            return;
        }

        foreach (YamlEntry entry in entries)
        {
            ReadKeys(entry, section with { Name = $"{section.Name}.{entry.Key}", Symbol = entry.Key });
        }
    }

    private void ReadKeys(YamlEntry entry, Section section) => ReadGroup(entry, "", section);

    private void ReadGroup(YamlEntry group, string path, Section section)
    {
        string name = path.Length == 0 ? section.Name : path;
        if (!TryMap(group, name, out List<YamlEntry> entries))
        {
            return;
        }

        foreach (YamlEntry entry in entries)
        {
            string child = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
            if (KeyTable.TryGet(child, out KeyDefinition? key))
            {
                ReadValue(entry, child, key, section);
            }
            else if (KeyTable.Retired.TryGetValue(child, out string? reason))
            {
                _problems.Warn(_source, entry.Line, $"{child} is retired: {reason}");
            }
            else if (KeyTable.IsGroup(child))
            {
                ReadGroup(entry, child, section);
            }
            else
            {
                Unknown(entry.Line, child, KeyTable.Nearest(child));
            }
        }
    }

    private void ReadValue(YamlEntry entry, string written, KeyDefinition key, Section section)
    {
        if (!string.Equals(written, key.Path, StringComparison.Ordinal))
        {
            _problems.Warn(_source, entry.Line, $"{written} is an older name of {key.Path}");
        }

        if (section.Symbol is not null && key.IsPortfolio)
        {
            _problems.Error(
                _source,
                entry.Line,
                $"{written} holds for the whole portfolio; it cannot be set for {section.Symbol} alone"
            );
            return;
        }

        if (entry.Value.IsNull)
        {
            return;
        }

        if (!ScalarReader.TryRead(key, entry.Value, out SettingValue value, out string error))
        {
            _problems.Error(_source, entry.Line, $"{written} {error}");
            return;
        }

        SettingOrigin origin = new(section.Layer, section.Name, _source, entry.Line);
        if (!_written.TryAdd((section.Name, key.Index), (written, entry.Line)))
        {
            // The same path twice is the reader's to report; an alias beside its key is found only here.
            (string Path, int Line) first = _written[(section.Name, key.Index)];
            if (!string.Equals(first.Path, written, StringComparison.Ordinal))
            {
                _problems.Error(_source, entry.Line, $"{written} and {first.Path} on line {first.Line} are the same key");
            }

            return;
        }

        _assignments.Add(new Assignment(key, value, section.Symbol, section.Mode, origin));
    }

    private bool TryMap(YamlEntry entry, string name, out List<YamlEntry> entries)
    {
        entries = entry.Value.Entries ?? [];
        if (entry.Value.Entries is not null || entry.Value.IsNull)
        {
            return true;
        }

        _problems.Error(_source, entry.Line, $"{name} must be a map, not {entry.Value.Kind}");
        return false;
    }

    private void Unknown(int line, string path, string? near)
    {
        string text = near is null
            ? $"{path} is not a key; 'kedge config show' lists all keys"
            : $"{path} is not a key; did you mean {near}?";
        if (_lenient)
        {
            _problems.Warn(_source, line, $"{text} (ignored)");
        }
        else
        {
            _problems.Error(_source, line, text);
        }
    }

    private sealed record Section(string Name, SettingLayer Layer, string? Symbol, StrategyMode? Mode);
}
