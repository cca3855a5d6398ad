using Kedge.Configuration;

namespace Kedge.Research.Search.Space;

/// <summary>One searched key and the values it may take.</summary>
public sealed record SweepAxis
{
    /// <summary>Path as written: of a key, or <c>symbols.X.path</c> for one symbol.</summary>
    public required string Path { get; init; }

    /// <summary>The key: what type the axis has, and which values are allowed.</summary>
    public required KeyDefinition Key { get; init; }

    /// <summary>The only symbol it holds for; null for all.</summary>
    public string? Symbol { get; init; }

    /// <summary>Values in the order of the file, as numbers: booleans 0 and 1, words by their place.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>When it is searched; null for always.</summary>
    public AxisGate? Gate { get; init; }

    /// <summary>Line of the file it stands on; 0 when it comes from none.</summary>
    public int Line { get; init; }
}
