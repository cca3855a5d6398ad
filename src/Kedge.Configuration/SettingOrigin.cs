namespace Kedge.Configuration;

/// <summary>Which layer set a value, and where.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Section">The section as users write it, e.g. <c>global</c>, <c>symbols.BTC</c>, <c>modes.primary.symbols.BTC</c>.</param>
/// <param name="Source">File, or command-line option; empty for built-in defaults.</param>
/// <param name="Line">Line in the file, from 1; 0 when there is none.</param>
public sealed record SettingOrigin(SettingLayer Layer, string Section, string Source, int Line)
{
    /// <summary>A built-in default.</summary>
    public static SettingOrigin BuiltIn { get; } = new(SettingLayer.Default, "default", "", 0);

    /// <inheritdoc/>
    public override string ToString() => Source.Length == 0 ? Section : $"{Section} ({Problems.Place(Source, Line)})";
}
