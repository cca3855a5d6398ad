using System.Text;
using Kedge.Configuration.Keys;
using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>Writes the reference of all keys as markdown.</summary>
public static class ReferenceWriter
{
    private const string Head = """
        # Strategy configuration: all keys

        Generated from the key table. One file sets them in layers, each beating the one before: built-in defaults, `global`,
        `symbols.X`, `live` (live modes only), `modes.X` (the selected strategy mode), then the command line. Inside a layer, values for one
        symbol beat values for all. `null` means the layer below.

        Keys marked † hold for the whole portfolio and cannot stand under `symbols`. The last column holds the values of the documented
        sweep axis, and the switch without which sweeping the key changes nothing: booleans are 0 and 1, words count from 0.
        An environment variable at the end of a meaning, set and not empty, beats the file wherever orders are sent or simulated live; never in a replay.

        """;

    /// <summary>The reference as text, ending in a line feed.</summary>
    public static string Write()
    {
        StringBuilder text = new(Head.ReplaceLineEndings("\n"));
        string? group = null;
        foreach (KeyDefinition key in KeyTable.Keys)
        {
            int dot = key.Path.LastIndexOf('.');
            string next = dot < 0 ? key.Path : key.Path[..dot];
            if (!string.Equals(next, group, StringComparison.Ordinal))
            {
                group = next;
                text.Append("\n## ")
                    .Append(group)
                    .Append("\n\n| Key | Type | Default | Allowed | Meaning | Sweep |\n|---|---|---|---|---|---|\n");
            }

            text.Append("| `").Append(key.Path).Append('`').Append(key.IsPortfolio ? " †" : "");
            text.Append(" | ").Append(TypeName(key.Type));
            text.Append(" | ").Append(Shown(key.Format(key.Default)));
            text.Append(" | ").Append(Allowed(key));
            text.Append(" | ").Append(key.Doc).Append(key.Variable is null ? "" : $" `{key.Variable}`");
            text.Append(" | ").Append(Sweep(key)).Append(" |\n");
        }

        AppendData(text);
        text.Append("\n## Older names\n\n| Name | Now |\n|---|---|\n");
        foreach ((string alias, string target) in KeyTable.Aliases)
        {
            text.Append("| `").Append(alias).Append("` | `").Append(target).Append("` |\n");
        }

        foreach ((string retired, string reason) in KeyTable.Retired)
        {
            text.Append("| `").Append(retired).Append("` | retired: ").Append(reason).Append(" |\n");
        }

        return text.ToString();
    }

    private static void AppendData(StringBuilder text)
    {
        text.Append("\n## data\n\n")
            .Append(
                "A section of its own beside `global`, outside the layers and the config id: where candles and funding are looked for "
            )
            .Append("([guide](../guide/data-manager.md)).\n\n")
            .Append("| Key | Type | Default | Allowed | Meaning |\n|---|---|---|---|---|\n");
        foreach (KeyDefinition key in DataKeys.All)
        {
            text.Append("| `").Append(key.Path).Append("` | ").Append(TypeName(key.Type));
            text.Append(" | ").Append(Shown(key.Format(key.Default)));
            text.Append(" | ").Append(Allowed(key));
            text.Append(" | ").Append(key.Doc).Append(" |\n");
        }

        text.Append("| `data.routes` | list of maps | [] | see below | ").Append(DataKeys.RoutesDoc).Append(" |\n");
        foreach ((string name, string doc) in DataKeys.Route)
        {
            bool isAsset = name == "asset";
            string allowed = name switch
            {
                "asset" => string.Join(", ", AssetTypes.Names),
                "symbols" => "symbols",
                _ => string.Join(", ", DataSettings.SourceNames),
            };
            text.Append("| `data.routes[].").Append(name).Append("` | ").Append(isAsset ? "word" : "list");
            text.Append(" | — | ").Append(allowed).Append(" | ").Append(doc).Append(" |\n");
        }
    }

    private static string TypeName(KeyType type) =>
        type switch
        {
            KeyType.Float => "number",
            KeyType.Int => "integer",
            KeyType.Bool => "boolean",
            KeyType.Tier => "tier",
            KeyType.Enum => "word",
            KeyType.Interval => "interval",
            KeyType.Text => "text",
            _ => "list",
        };

    private static string Allowed(KeyDefinition key) =>
        key.Type switch
        {
            KeyType.Float or KeyType.Int => key.Range.ToString(),
            KeyType.Bool => "true, false",
            KeyType.List when key.Words.Count == 0 => "symbols",
            KeyType.Text => "text",
            _ => string.Join(", ", key.Words.Select(Shown)),
        };

    private static string Sweep(KeyDefinition key)
    {
        if (key.Axis.Count == 0)
        {
            return "—";
        }

        string axis = string.Join(", ", key.Axis);
        return key.When is null ? axis : $"{axis} when `{key.When.Path}` is {(key.When.Value ? "true" : "false")}";
    }

    private static string Shown(string value) => value.Length == 0 ? "''" : value;
}
