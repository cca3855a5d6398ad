using System.Globalization;
using Kedge.Data.Columns;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Sqlite;

/// <summary>Databases → checked, sorted columns. Of a time that several databases hold, the first in the list wins.</summary>
internal static class CandleLoader
{
    private const int CancellationMask = 0xfff;

    /// <summary>Loads all symbols of one interval, in ordinal order; the caller disposes them.</summary>
    internal static List<ColumnBuilder> Load(
        IReadOnlyList<string> files,
        Interval interval,
        CancellationToken cancellation = default
    )
    {
        Dictionary<string, ColumnBuilder> all = new(StringComparer.Ordinal);
        try
        {
            foreach (string file in files)
            {
                foreach (ColumnBuilder builder in LoadFile(file, interval, cancellation))
                {
                    if (!all.TryGetValue(builder.Symbol, out ColumnBuilder? earlier))
                    {
                        all.Add(builder.Symbol, builder);
                        continue;
                    }

                    using (earlier)
                    using (builder)
                    {
                        all[builder.Symbol] = ColumnBuilder.Merge(earlier, builder);
                    }
                }
            }
        }
        catch
        {
            foreach (ColumnBuilder builder in all.Values)
            {
                builder.Dispose();
            }

            throw;
        }

        if (all.Count == 0)
        {
            throw NothingThere(files, interval);
        }

        return [.. all.Values.OrderBy(b => b.Symbol, StringComparer.Ordinal)];
    }

    /// <summary>A time for a message: the number as stored, and the date it stands for.</summary>
    internal static string Time(long ms) =>
        ms is >= 0 and <= BarRules.MaxTimeMs
            ? $"{ms} ({DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC)"
            : ms.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<ColumnBuilder> LoadFile(string file, Interval interval, CancellationToken cancellation)
    {
        Sink sink = new(file, interval, new SymbolTable(), cancellation);
        try
        {
            CandleFile.Scan(file, interval, ref sink);
            foreach (ColumnBuilder builder in sink.Table.All)
            {
                long duplicate = builder.Sort();
                if (duplicate >= 0)
                {
                    throw Bad(file, interval, builder.Symbol, duplicate, "is there twice");
                }
            }
        }
        catch
        {
            sink.Table.Dispose();
            throw;
        }

        return sink.Table.All;
    }

    private static KedgeException Bad(string file, Interval interval, string symbol, long time, string what) =>
        new(
            FailureKind.CheckFailed,
            $"{file}: {symbol} {interval} bar at {Time(time)}: {what}; `kedge data check` lists all bad bars"
        );

    private static KedgeException NothingThere(IReadOnlyList<string> files, Interval interval)
    {
        SortedSet<string> there = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            there.UnionWith(CandleFile.Intervals(file));
        }

        string where = string.Join(",", files);
        return KedgeException.Environment(
            there.Count == 0
                ? $"{where}: holds no candles; fill it with `kedge data import`"
                : $"{where}: holds no {interval} candles, only {string.Join(", ", there)}; choose one of these or another database"
        );
    }

    private readonly struct Sink(string file, Interval interval, SymbolTable table, CancellationToken cancellation) : ICandleSink
    {
        internal readonly SymbolTable Table = table;
        private readonly string _file = file;
        private readonly Interval _interval = interval;
        private readonly CancellationToken _cancellation = cancellation;

        public void Add(ReadOnlySpan<byte> symbol, in Bar bar)
        {
            ColumnBuilder builder = Table.Of(symbol);
            if (!BarRules.IsUsable(in bar))
            {
                throw Bad(_file, _interval, builder.Symbol, bar.OpenTimeMs, BarRules.Problem(in bar) ?? "is unusable");
            }

            builder.Add(in bar);
            if ((builder.Count & CancellationMask) == 0)
            {
                _cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
