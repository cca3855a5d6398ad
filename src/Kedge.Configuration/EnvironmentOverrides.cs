namespace Kedge.Configuration;

/// <summary>Environment variables that beat the file in trading, as overrides: checked and named like any other value.</summary>
public static class EnvironmentOverrides
{
    /// <summary>Every variable of the key table that is set and not empty.</summary>
    /// <param name="read">Value of a variable; null when it is not set.</param>
    public static IReadOnlyList<ConfigurationOverride> Read(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        List<ConfigurationOverride> result = [];
        foreach (KeyDefinition key in KeyTable.Keys)
        {
            if (key.Variable is { } variable && read(variable) is { } text && !string.IsNullOrWhiteSpace(text))
            {
                result.Add(new ConfigurationOverride(key.Path, Normal(key, text.Trim()), variable));
            }
        }

        return result;
    }

    /// <summary>Shells write booleans in more ways than YAML has.</summary>
    internal static string Normal(KeyDefinition key, string text) =>
        key.Type != KeyType.Bool
            ? text
            : text.ToLowerInvariant() switch
            {
                "1" or "yes" or "y" or "on" => "true",
                "0" or "no" or "n" or "off" => "false",
                string other => other,
            };
}
