namespace Kedge.Configuration;

/// <summary>A switch that must have a certain state for another key to matter.</summary>
/// <param name="Path">Path of the boolean key.</param>
/// <param name="Value">State it must have.</param>
public sealed record Gate(string Path, bool Value)
{
    /// <summary>The switch must be true.</summary>
    public static Gate On(string path) => new(path, Value: true);

    /// <summary>The switch must be false.</summary>
    public static Gate Off(string path) => new(path, Value: false);
}
