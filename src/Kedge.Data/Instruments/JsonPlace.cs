using System.Text.Json;
using Kedge.Model;

namespace Kedge.Data.Instruments;

/// <summary>An element together with where it stands, so that every complaint can say so.</summary>
internal readonly record struct JsonPlace(string File, string Where, JsonElement Element)
{
    internal KedgeException Wrong(string name, string what) => KedgeException.Usage($"{File}: {Join(name)}: {what}");

    /// <summary>Refuses anything but an object with these names at most.</summary>
    internal void Allow(params ReadOnlySpan<string> names)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw KedgeException.Usage($"{File}: {(Where.Length == 0 ? "the document" : Where)}: must be an object");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty property in Element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw Wrong(property.Name, $"is not known; known are {string.Join(", ", names!)}");
            }

            if (!seen.Add(property.Name))
            {
                throw Wrong(property.Name, "is there twice");
            }
        }
    }

    /// <summary>The elements of a list that must not be empty.</summary>
    internal IReadOnlyList<JsonPlace> Items(string name)
    {
        JsonElement list = Required(name);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw Wrong(name, "must be a list with at least one element");
        }

        List<JsonPlace> items = [];
        foreach (JsonElement element in list.EnumerateArray())
        {
            items.Add(new JsonPlace(File, $"{Join(name)}[{items.Count}]", element));
        }

        return items;
    }

    internal string Text(string name)
    {
        JsonElement value = Required(name);
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return string.IsNullOrWhiteSpace(text) ? throw Wrong(name, "must be text") : text;
    }

    internal int Integer(string name, int low, int high)
    {
        JsonElement value = Required(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= low && number <= high
            ? number
            : throw Wrong(name, $"must be a whole number from {low} to {high}");
    }

    internal double Number(string name, double low, double high)
    {
        JsonElement value = Required(name);
        string range = high == double.MaxValue ? $"a number of at least {low}" : $"a number from {low} to {high}";
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= low && number <= high
            ? number
            : throw Wrong(name, $"must be {range}");
    }

    private JsonElement Required(string name) =>
        Element.TryGetProperty(name, out JsonElement value) ? value : throw Wrong(name, "is missing");

    private string Join(string name) => Where.Length == 0 ? name : $"{Where}.{name}";
}
