using System.Diagnostics.CodeAnalysis;
using Kedge.Configuration.Keys;
using Kedge.Kernel;

namespace Kedge.Configuration;

/// <summary>The one table of configuration keys: the loader, the schema, the reference and the sweeps all read it.</summary>
public static class KeyTable
{
    private static readonly Parameters DefaultParameters;
    private static readonly KeyDefinition[] All;
    private static readonly Dictionary<string, KeyDefinition> ByPath;

    private static readonly Dictionary<string, string> AliasPaths = new(StringComparer.Ordinal)
    {
        ["indicators.ave_avg_atr_window"] = "thresholds.entry.ave_avg_atr_window",
    };

    private static readonly Dictionary<string, string> RetiredPaths = new(StringComparer.Ordinal)
    {
        ["filters.block_exits_on_anomaly"] = "it has no effect; trade.block_exits_on_extreme_dev is the guard of the exits",
    };

    static KeyTable()
    {
        Parameters p = default;
        List<KeyDefinition> keys = new(192);
        KeyTableBuilder t = new(ref p, keys);
        TradeSizingKeys.Add(t, ref p);
        TradeStopKeys.Add(t, ref p);
        TradeExitKeys.Add(t, ref p);
        TradeEntryKeys.Add(t, ref p);
        IndicatorKeys.Add(t, ref p);
        FilterKeys.Add(t, ref p);
        EntryThresholdKeys.Add(t, ref p);
        ThresholdKeys.Add(t, ref p);
        RegimeKeys.Add(t, ref p);
        EngineKeys.Add(t, ref p);
        OmsKeys.Add(t);
        RiskKeys.Add(t);
        RiskRateKeys.Add(t);
        RiskGuardKeys.Add(t);
        HealthKeys.Add(t);
        DefaultParameters = p;
        All = [.. keys];
        ByPath = new Dictionary<string, KeyDefinition>(All.Length, StringComparer.Ordinal);
        foreach (KeyDefinition key in All)
        {
            ByPath.Add(key.Path, key);
        }
    }

    /// <summary>All keys, in the order of the reference.</summary>
    public static IReadOnlyList<KeyDefinition> Keys => All;

    /// <summary>Older paths and the keys they stand for.</summary>
    public static IReadOnlyDictionary<string, string> Aliases => AliasPaths;

    /// <summary>Paths that are accepted with a warning and do nothing, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Retired => RetiredPaths;

    /// <summary>Parameters with every key at its default and no traits.</summary>
    public static Parameters Defaults => DefaultParameters;

    /// <summary>Finds a key by its exact path; aliases are followed.</summary>
    public static bool TryGet(string path, [NotNullWhen(true)] out KeyDefinition? key) =>
        ByPath.TryGetValue(path, out key)
        || (AliasPaths.TryGetValue(path, out string? target) && ByPath.TryGetValue(target, out key));

    /// <summary>A key that must exist.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public static KeyDefinition Get(string path) =>
        TryGet(path, out KeyDefinition? key) ? key : throw new KeyNotFoundException($"{path} is not a key");

    /// <summary>Whether keys live below this path, e.g. <c>thresholds</c> or <c>thresholds.entry</c>.</summary>
    public static bool IsGroup(string path)
    {
        foreach (KeyDefinition key in All)
        {
            if (
                key.Path.Length > path.Length
                && key.Path[path.Length] == '.'
                && key.Path.StartsWith(path, StringComparison.Ordinal)
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The known key, or group, that a mistyped path most likely means; null when none is near.</summary>
    public static string? Nearest(string path) => Spelling.NearestPath(path, All);
}
