using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kedge.Configuration.Keys;
using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>Writes the JSON schema (draft 07) of the strategy configuration, so that editors complete and check it.</summary>
public static class SchemaWriter
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as text, ending in a line feed.</summary>
    public static string Write()
    {
        JsonObject modes = [];
        foreach (string mode in StrategyModes.Names)
        {
            modes[mode] = Overlay($"Overlay of the strategy mode {mode}: keys, or global and symbols.");
        }

        JsonObject root = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Kedge strategy configuration",
            ["type"] = Types("object"),
            ["additionalProperties"] = false,
            ["patternProperties"] = new JsonObject { ["^_"] = new JsonObject() },
            ["properties"] = new JsonObject
            {
                ["global"] = Reference("all", "Values for all symbols."),
                ["symbols"] = SymbolMap("Values for single symbols; only what differs."),
                ["live"] = Overlay("Overlay of live trading: keys, or global and symbols."),
                ["modes"] = Group(modes, "Overlays of the strategy modes."),
                ["data"] = Data(),
            },
            ["definitions"] = new JsonObject { ["all"] = Keys(portfolio: true), ["symbol"] = Keys(portfolio: false) },
        };
        return root.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Data()
    {
        JsonObject properties = [];
        foreach (KeyDefinition key in DataKeys.All)
        {
            properties[key.Path["data.".Length..]] = Describe(key);
        }

        JsonObject route = [];
        foreach ((string name, string doc) in DataKeys.Route)
        {
            route[name] = name == "asset" ? Words(AssetTypes.Names) : List(name == "sources" ? DataSettings.SourceNames : []);
            route[name]!["description"] = doc;
        }

        properties["routes"] = new JsonObject
        {
            ["description"] = DataKeys.RoutesDoc,
            ["type"] = Types("array"),
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["required"] = new JsonArray("sources"),
                ["properties"] = route,
            },
        };
        return Group(properties, "Where candles and funding of the past are looked for.");
    }

    private static JsonObject Words(IReadOnlyList<string> words) =>
        new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };

    private static JsonObject List(IReadOnlyList<string> words) =>
        new()
        {
            ["type"] = "array",
            ["items"] = words.Count == 0 ? new JsonObject { ["type"] = "string", ["minLength"] = 1 } : Words(words),
        };

    private static JsonObject Overlay(string description) =>
        new()
        {
            ["description"] = description,
            ["if"] = new JsonObject { ["type"] = "object", ["anyOf"] = new JsonArray(Required("global"), Required("symbols")) },
            ["then"] = Group(
                new JsonObject
                {
                    ["global"] = Reference("all", "Values for all symbols."),
                    ["symbols"] = SymbolMap("Values for single symbols."),
                },
                description
            ),
            ["else"] = Reference("all", description),
        };

    private static JsonObject Required(string name) => new() { ["required"] = new JsonArray(name) };

    private static JsonObject Reference(string definition, string description) =>
        new()
        {
            ["description"] = description,
            ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/definitions/{definition}" }),
        };

    private static JsonObject SymbolMap(string description) =>
        new()
        {
            ["description"] = description,
            ["type"] = Types("object"),
            ["additionalProperties"] = new JsonObject { ["$ref"] = "#/definitions/symbol" },
        };

    private static JsonObject Group(JsonObject properties, string? description = null)
    {
        JsonObject group = [];
        if (description is not null)
        {
            group["description"] = description;
        }

        group["type"] = Types("object");
        group["additionalProperties"] = false;
        group["properties"] = properties;
        return group;
    }

    private static JsonObject Keys(bool portfolio)
    {
        JsonObject root = Group([]);
        foreach (KeyDefinition key in KeyTable.Keys)
        {
            if (portfolio || !key.IsPortfolio)
            {
                Add(root, key.Path, Describe(key));
            }
        }

        foreach ((string alias, string target) in KeyTable.Aliases)
        {
            JsonObject older = Describe(KeyTable.Get(target));
            older["description"] = $"Older name of {target}.";
            Add(root, alias, older);
        }

        foreach ((string retired, string reason) in KeyTable.Retired)
        {
            Add(root, retired, new JsonObject { ["description"] = $"Retired: {reason}." });
        }

        return root;
    }

    private static void Add(JsonObject root, string path, JsonObject schema)
    {
        string[] names = path.Split('.');
        JsonObject properties = root["properties"]!.AsObject();
        foreach (string name in names[..^1])
        {
            if (properties[name] is null)
            {
                properties[name] = Group([]);
            }

            properties = properties[name]!["properties"]!.AsObject();
        }

        properties[names[^1]] = schema;
    }

    private static JsonObject Describe(KeyDefinition key)
    {
        JsonObject schema = new() { ["description"] = key.Doc };
        switch (key.Type)
        {
            case KeyType.Float or KeyType.Int:
                schema["type"] = Types(key.Type == KeyType.Int ? "integer" : "number");
                AddRange(schema, key.Range);
                schema["default"] = Number(key.Default.Number);
                break;
            case KeyType.Bool:
                schema["type"] = Types("boolean");
                schema["default"] = key.Default.Number != 0;
                break;
            case KeyType.Text:
                schema["type"] = Types("string");
                schema["default"] = key.Default.Text;
                break;
            case KeyType.List:
                schema["type"] = Types("array");
                schema["items"] = List(key.Words)["items"]!.DeepClone();
                schema["default"] = new JsonArray([.. key.Default.Items.Select(i => (JsonNode)i)]);
                break;
            default:
                JsonArray words = [.. key.Words.Select(w => (JsonNode)w)];
                words.Add((JsonNode?)null);
                schema["enum"] = words;
                schema["default"] = key.Format(key.Default);
                break;
        }

        return schema;
    }

    private static void AddRange(JsonObject schema, ValueRange range)
    {
        if (!double.IsNegativeInfinity(range.Min))
        {
            schema[range.MinExclusive ? "exclusiveMinimum" : "minimum"] = Number(range.Min);
        }

        if (!double.IsPositiveInfinity(range.Max))
        {
            schema[range.MaxExclusive ? "exclusiveMaximum" : "maximum"] = Number(range.Max);
        }
    }

    /// <summary>Null stands for the layer below, so every type admits it.</summary>
    private static JsonArray Types(string type) => new(type, "null");

    private static JsonValue Number(double value) =>
        value == Math.Truncate(value) ? JsonValue.Create((long)value) : JsonValue.Create(value);
}
