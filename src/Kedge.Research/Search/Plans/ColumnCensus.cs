using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Plans;

/// <summary>Counts the distinct indicator columns of a grid without walking it: a column depends on few axes.</summary>
public static class ColumnCensus
{
    private const string Indicators = "indicators.";
    private const string AverageAtr = "thresholds.entry.ave_avg_atr_window";

    /// <summary>Distinct columns by kind; kinds that only other columns are made from are counted too. Gates are ignored: at most so many.</summary>
    public static IReadOnlyDictionary<ColumnKind, int> Of(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        Dictionary<ColumnKind, int> counts = [];
        counts[ColumnKind.Ema] = Values(space, "ema_fast_window", "ema_slow_window", "ema_macro_window");
        counts[ColumnKind.Adx] = Values(space, "adx_window");
        counts[ColumnKind.Atr] = Values(space, "atr_window");
        counts[ColumnKind.AverageAtr] = counts[ColumnKind.Atr] * Distinct(space, AverageAtr).Count;
        counts[ColumnKind.Rsi] = Values(space, "rsi_window");
        counts[ColumnKind.BandWidth] = Values(space, "bb_window");
        counts[ColumnKind.BandRatio] = counts[ColumnKind.BandWidth] * Values(space, "bb_width_avg_window");
        counts[ColumnKind.StochRsi] = UsesStochRsi(space)
            ? counts[ColumnKind.Rsi] * Values(space, "stoch_rsi_window") * Values(space, "stoch_rsi_smooth1")
            : 0;
        counts[ColumnKind.Macd] = 1;
        counts[ColumnKind.Volume] = Values(space, "vol_sma_window", "vol_trend_window");
        return counts;
    }

    private static bool UsesStochRsi(SearchSpace space) => Distinct(space, "filters.use_stoch_rsi_filter").Contains(1.0);

    private static int Values(SearchSpace space, params string[] names)
    {
        HashSet<double> values = [];
        foreach (string name in names)
        {
            values.UnionWith(Distinct(space, Indicators + name));
        }

        return values.Count;
    }

    /// <summary>The values a key takes anywhere in the grid, for any symbol.</summary>
    private static HashSet<double> Distinct(SearchSpace space, string path)
    {
        KeyDefinition key = KeyTable.Get(path);
        HashSet<double> values = [];
        bool everywhere = false;
        foreach (SweepAxis axis in space.Grid.Axes)
        {
            if (axis.Key == key)
            {
                values.UnionWith(axis.Values);
                everywhere |= axis.Symbol is null;
            }
        }

        if (!everywhere)
        {
            foreach (Parameters p in space.Base)
            {
                values.Add(key.Read(p).Number);
            }
        }

        return values;
    }
}
