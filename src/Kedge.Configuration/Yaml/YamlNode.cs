namespace Kedge.Configuration.Yaml;

/// <summary>A YAML value that knows its line.</summary>
internal sealed class YamlNode
{
    /// <summary>Line of its start, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Text of a scalar; null for maps and lists.</summary>
    public string? Scalar { get; init; }

    /// <summary>The scalar stands in quotes or in a block, so it is text whatever it looks like.</summary>
    public bool Quoted { get; init; }

    /// <summary>Entries of a map; null otherwise.</summary>
    public List<YamlEntry>? Entries { get; init; }

    /// <summary>Items of a list; null otherwise.</summary>
    public List<YamlNode>? Items { get; init; }

    /// <summary>Nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => Scalar is not null && !Quoted && Scalar is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>What it is, for messages.</summary>
    public string Kind =>
        Entries is not null ? "a map"
        : Items is not null ? "a list"
        : IsNull ? "null"
        : Quoted ? $"the text '{Shorten(Scalar!)}'"
        : Shorten(Scalar!);

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
