namespace Kedge.Configuration;

/// <summary>
/// What holds in live trading where the file says nothing: one position, small orders. Any layer of the file beats it, the built-in defaults do not. Give
/// it to <see cref="ConfigurationOptions.Defaults"/>.
/// </summary>
public static class LiveDefaults
{
    private static readonly (string Path, string Variable, string Value)[] Values =
    [
        ("trade.max_open_positions", "AI_QUANT_LIVE_MAX_OPEN_POSITIONS", "1"),
        ("trade.max_notional_usd_per_order", "AI_QUANT_LIVE_MAX_NOTIONAL_USD_PER_ORDER", "15"),
        ("trade.min_margin_usd", "AI_QUANT_LIVE_MIN_MARGIN_USD", "6"),
    ];

    /// <summary>The values, from their variables where these are set and not empty.</summary>
    /// <param name="read">Value of a variable; null when it is not set.</param>
    public static IReadOnlyList<ConfigurationOverride> Read(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        List<ConfigurationOverride> result = [];
        foreach ((string path, string variable, string value) in Values)
        {
            string? text = read(variable);
            result.Add(
                string.IsNullOrWhiteSpace(text)
                    ? new ConfigurationOverride(path, value, "live default")
                    : new ConfigurationOverride(path, text.Trim(), variable)
            );
        }

        return result;
    }
}
