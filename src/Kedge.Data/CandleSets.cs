using Kedge.Data.Columns;
using Kedge.Model;

namespace Kedge.Data;

/// <summary>Views of candle sets. A view shares the memory of its set: it must not outlive it, and disposing the view leaves the set alone.</summary>
public static unsafe class CandleSets
{
    /// <summary>Open times of the earliest and the latest bar over all symbols; null for a set without bars.</summary>
    public static TimeRange? Range(this ICandleSet set)
    {
        TimeRange? range = null;
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            BarColumns bars = set.Bars(i);
            if (bars.Count > 0)
            {
                long first = bars.OpenTimeMs[0];
                long last = bars.OpenTimeMs[bars.Count - 1];
                range = range is { } r
                    ? new TimeRange(Math.Min(r.FirstMs, first), Math.Max(r.LastMs, last))
                    : new TimeRange(first, last);
            }
        }

        return range;
    }

    /// <summary>
    /// The symbols whose stored spelling is in <paramref name="symbols"/>; names that the set lacks are ignored. The hash of the view is that of
    /// a set that never held the others, without reading a bar.
    /// </summary>
    public static ICandleSet Select(this ICandleSet set, IReadOnlySet<string> symbols)
    {
        List<int> kept = [];
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            if (symbols.Contains(set.Symbols[i]))
            {
                kept.Add(i);
            }
        }

        ColumnCandleSet? source = Columns(set);
        return new ColumnCandleSet(
            set.Interval,
            [.. kept.Select(i => set.Symbols[i])],
            [.. kept.Select(set.Bars)],
            owner: null,
            source is null ? null : [.. kept.Select(source.SymbolHash)],
            [.. kept.Select(i => (GapSummary?)set.Gaps(i))]
        );
    }

    /// <summary>
    /// The bars that open within [<paramref name="firstMs"/>, <paramref name="lastMs"/>]; symbols left without bars are dropped. Hash and gaps
    /// are those of the bars left. Columns of the view are not aligned beyond 8 bytes.
    /// </summary>
    public static ICandleSet Between(this ICandleSet set, long firstMs, long lastMs)
    {
        List<string> symbols = [];
        List<BarColumns> columns = [];
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            BarColumns b = set.Bars(i);
            int from = LowerBound(b.Times, firstMs);
            int to = lastMs == long.MaxValue ? b.Count : LowerBound(b.Times, lastMs + 1);
            if (to > from)
            {
                symbols.Add(set.Symbols[i]);
                columns.Add(
                    new BarColumns(
                        b.OpenTimeMs + from,
                        b.Open + from,
                        b.High + from,
                        b.Low + from,
                        b.Close + from,
                        b.Volume + from,
                        to - from
                    )
                );
            }
        }

        return new ColumnCandleSet(set.Interval, [.. symbols], [.. columns], owner: null);
    }

    /// <summary>
    /// The stored spelling of a symbol a user typed: exact, else regardless of case when that is unique (<c>kpepe</c> finds <c>kPEPE</c>).
    /// </summary>
    /// <exception cref="KedgeException">No symbol matches, or several do (exit 2).</exception>
    public static string Find(this ICandleSet set, string symbol)
    {
        if (set.Symbols.Contains(symbol, StringComparer.Ordinal))
        {
            return symbol;
        }

        string[] matches = [.. set.Symbols.Where(s => string.Equals(s, symbol, StringComparison.OrdinalIgnoreCase))];
        return matches.Length switch
        {
            1 => matches[0],
            0 => throw KedgeException.Usage($"symbol '{symbol}' is not in the data; it has {Sample(set.Symbols)}"),
            _ => throw KedgeException.Usage($"symbol '{symbol}' could be {string.Join(" or ", matches)}; write it exactly"),
        };
    }

    private static string Sample(IReadOnlyList<string> symbols) =>
        string.Join(", ", symbols.Take(12)) + (symbols.Count > 12 ? $" and {symbols.Count - 12} more" : "");

    private static ColumnCandleSet? Columns(ICandleSet set) =>
        set switch
        {
            ColumnCandleSet columns => columns,
            MemoryCandleSet memory => memory.Inner,
            _ => null,
        };

    private static int LowerBound(ReadOnlySpan<long> times, long value)
    {
        int low = 0;
        int high = times.Length;
        while (low < high)
        {
            int middle = low + ((high - low) >> 1);
            if (times[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
