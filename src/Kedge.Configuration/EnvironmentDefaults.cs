namespace Kedge.Configuration;

/// <summary>
/// Environment variables that stand in place of built-in defaults in trading: any layer of the file beats them. Give them to
/// <see cref="ConfigurationOptions.Defaults"/>. <see cref="EnvironmentOverrides"/> are the ones that beat the file.
/// </summary>
public static class EnvironmentDefaults
{
    private static readonly (string Path, string Variable)[] Keys =
    [
        ("engine.interval", "AI_QUANT_INTERVAL"),
        ("engine.entry_interval", "AI_QUANT_ENTRY_INTERVAL"),
        ("engine.exit_interval", "AI_QUANT_EXIT_PRICE_SOURCE"),
        ("engine.loop_target_s", "AI_QUANT_LOOP_TARGET_SECS"),
        ("engine.heartbeat_every_s", "AI_QUANT_HEARTBEAT_SECS"),
        ("engine.signal_on_candle_close", "AI_QUANT_SIGNAL_ON_CANDLE_CLOSE"),
        ("engine.candle_close_grace_ms", "AI_QUANT_CANDLE_CLOSE_GRACE_MS"),
    ];

    /// <summary>Those that are set and not empty.</summary>
    /// <param name="read">Value of a variable; null when it is not set.</param>
    public static IReadOnlyList<ConfigurationOverride> Read(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        List<ConfigurationOverride> result = [];
        foreach ((string path, string variable) in Keys)
        {
            if (read(variable) is { } text && !string.IsNullOrWhiteSpace(text) && KeyTable.TryGet(path, out KeyDefinition? key))
            {
                result.Add(new ConfigurationOverride(path, EnvironmentOverrides.Normal(key!, text.Trim()), variable));
            }
        }

        return result;
    }
}
