namespace Kedge.Configuration.Yaml;

/// <summary>Checks the values given outside the file.</summary>
internal static class OverrideReader
{
    private const string SymbolPrefix = "symbols.";

    /// <summary>Everything the overrides set, in their order.</summary>
    public static List<Assignment> Read(IReadOnlyList<ConfigurationOverride> overrides, Problems problems)
    {
        List<Assignment> result = new(overrides.Count);
        foreach (ConfigurationOverride item in overrides)
        {
            if (!TryFind(item.Path, out string? symbol, out KeyDefinition? key, out string path))
            {
                string? near = KeyTable.Nearest(path);
                problems.Error(
                    item.Source,
                    0,
                    near is null
                        ? $"{item.Path} is not a key; 'kedge config show' lists all keys"
                        : $"{item.Path} is not a key; did you mean {near}?"
                );
            }
            else if (symbol is not null && key!.IsPortfolio)
            {
                problems.Error(item.Source, 0, $"{path} holds for the whole portfolio; it cannot be set for {symbol} alone");
            }
            else if (!ScalarReader.TryRead(key!, Node(key!, item.Value), out SettingValue value, out string error))
            {
                problems.Error(item.Source, 0, $"{item.Path} {error}");
            }
            else
            {
                string section = symbol is null ? "override" : $"override symbols.{symbol}";
                result.Add(
                    new Assignment(
                        key!,
                        value,
                        symbol,
                        Mode: null,
                        new SettingOrigin(SettingLayer.Override, section, item.Source, 0)
                    )
                );
            }
        }

        return result;
    }

    /// <summary>Finds the key. A symbol may hold dots, so the longest rest that is a key decides.</summary>
    private static bool TryFind(string text, out string? symbol, out KeyDefinition? key, out string path)
    {
        symbol = null;
        path = text;
        if (KeyTable.TryGet(text, out key))
        {
            return true;
        }

        if (!text.StartsWith(SymbolPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        int first = text.IndexOf('.', SymbolPrefix.Length);
        path = first < 0 ? text : text[(first + 1)..];
        for (int dot = first; dot > SymbolPrefix.Length; dot = text.IndexOf('.', dot + 1))
        {
            if (KeyTable.TryGet(text[(dot + 1)..], out key))
            {
                symbol = text[SymbolPrefix.Length..dot];
                path = text[(dot + 1)..];
                return true;
            }
        }

        return false;
    }

    private static YamlNode Node(KeyDefinition key, string text)
    {
        if (key.Type != KeyType.List)
        {
            return new YamlNode { Line = 0, Scalar = text };
        }

        string inner = text is ['[', .., ']'] ? text[1..^1] : text;
        List<YamlNode> items = [];
        foreach (string item in inner.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            items.Add(
                new YamlNode
                {
                    Line = 0,
                    Scalar = item,
                    Quoted = true,
                }
            );
        }

        return new YamlNode { Line = 0, Items = items };
    }
}
