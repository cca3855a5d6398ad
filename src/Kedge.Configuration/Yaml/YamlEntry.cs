namespace Kedge.Configuration.Yaml;

/// <summary>One entry of a map.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct YamlEntry(string Key, int Line, YamlNode Value);
