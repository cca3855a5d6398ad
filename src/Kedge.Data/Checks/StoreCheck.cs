using Kedge.Data.Checks.Repair;
using Kedge.Data.Columns;
using Kedge.Data.Feed;
using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Checks;

/// <summary>Examines candle databases bar by bar, including those that loading would refuse.</summary>
public static class StoreCheck
{
    /// <summary>Bars without volume in a row that are worth a note.</summary>
    public const int DefaultZeroVolumeBars = 12;

    /// <summary>Checks one interval, or all that the databases hold.</summary>
    /// <param name="paths">Comma list of files and folders; gaps are looked for in what they hold together.</param>
    /// <param name="interval">Interval; null for all.</param>
    /// <param name="zeroVolumeBars">Length from which a run of bars without volume is noted, at least 1.</param>
    /// <exception cref="KedgeException">A file is missing, no candle database, or holds nothing of the kind (exit 4).</exception>
    public static CheckReport Run(string paths, Interval? interval = null, int zeroVolumeBars = DefaultZeroVolumeBars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(zeroVolumeBars, 1);
        IReadOnlyList<string> files = StorePaths.Candles(paths);
        IReadOnlyList<string> names = CandleStore.Intervals(paths);
        List<CheckFinding> findings = [];
        List<Interval> wanted = [];
        foreach (string name in names)
        {
            if (!Interval.TryParse(name, out Interval known))
            {
                findings.Add(
                    new CheckFinding(
                        CheckKind.Unusable,
                        true,
                        paths,
                        "",
                        name,
                        0,
                        0,
                        $"{paths}: interval '{name}' is not one of {string.Join(' ', Interval.Names)}"
                    )
                );
            }
            else if (interval is null || interval.Value == known)
            {
                wanted.Add(known);
            }
        }

        if (wanted.Count == 0 && (interval is not null || findings.Count == 0))
        {
            string what = interval is { } i ? $"no {i} candles" : "no candles";
            throw KedgeException.Environment(
                $"{paths}: holds {what}{(names.Count == 0 ? "; fill it with `kedge data import`" : $", only {string.Join(", ", names)}; choose one of these")}"
            );
        }

        int series = 0;
        long bars = 0;
        foreach (Interval one in wanted)
        {
            CheckInterval(files, one, zeroVolumeBars, findings, ref series, ref bars);
        }

        return new CheckReport(series, bars, findings);
    }

    private static void CheckInterval(
        IReadOnlyList<string> files,
        Interval interval,
        int zeroVolumeBars,
        List<CheckFinding> findings,
        ref int series,
        ref long bars
    )
    {
        SortedDictionary<string, ColumnBuilder> all = new(StringComparer.Ordinal);
        Dictionary<string, List<OpenRange>> settled = new(StringComparer.Ordinal);
        try
        {
            foreach (string file in files)
            {
                if (!CandleFile.IsParquet(file))
                {
                    using SqliteDatabase database = SqliteDatabase.OpenReadOnly(file);
                    CloseTimes(database, interval, findings);
                    foreach ((string symbol, List<OpenRange> ranges) in SettledBars.Read(database, interval))
                    {
                        settled.TryAdd(symbol, ranges);
                    }
                }

                Sink sink = new(new SymbolTable());
                CandleFile.Scan(file, interval, ref sink);
                foreach (ColumnBuilder builder in sink.Table.All.OrderBy(b => b.Symbol, StringComparer.Ordinal))
                {
                    _ = builder.Sort();
                    bars += builder.Count;
                    findings.AddRange(new SeriesCheck(file, builder.Symbol, interval, zeroVolumeBars).Bars(builder.Columns));
                    if (!all.TryGetValue(builder.Symbol, out ColumnBuilder? earlier))
                    {
                        all.Add(builder.Symbol, builder);
                        continue;
                    }

                    using (earlier)
                    using (builder)
                    {
                        ColumnBuilder merged = ColumnBuilder.Merge(earlier, builder);
                        all[builder.Symbol] = merged;
                        long shared = (long)earlier.Count + builder.Count - merged.Count;
                        if (shared > 0)
                        {
                            SeriesCheck check = new(file, builder.Symbol, interval, zeroVolumeBars);
                            check.Count(
                                CheckKind.Overlap,
                                builder.Columns[0].OpenTimeMs,
                                shared,
                                "also in a database before it, which is used"
                            );
                            findings.AddRange(check.Findings());
                        }
                    }
                }
            }

            series += all.Count;
            string list = string.Join(",", files);
            foreach ((string symbol, ColumnBuilder builder) in all)
            {
                findings.AddRange(
                    new SeriesCheck(list, symbol, interval, zeroVolumeBars).Gaps(
                        builder.Columns,
                        settled.GetValueOrDefault(symbol) ?? []
                    )
                );
            }
        }
        finally
        {
            foreach (ColumnBuilder builder in all.Values)
            {
                builder.Dispose();
            }
        }
    }

    private static void CloseTimes(SqliteDatabase database, Interval interval, List<CheckFinding> findings)
    {
        using (SqliteStatement has = database.Prepare("SELECT 1 FROM pragma_table_info('candles') WHERE name = 't_close'"))
        {
            if (!has.Step())
            {
                return;
            }
        }

        using SqliteStatement wrong = database.Prepare(
            """
            SELECT symbol, count(*), min(t) FROM candles
            WHERE interval = ?1 AND t_close IS NOT NULL AND t_close <> t + ?2 GROUP BY symbol ORDER BY symbol
            """
        );
        wrong.Bind(1, interval.Name);
        wrong.Bind(2, interval.Ms - 1);
        while (wrong.Step())
        {
            SeriesCheck check = new(database.Path, wrong.Text(0), interval, 1);
            check.Count(CheckKind.CloseTime, wrong.Int64(2), wrong.Int64(1), "stored close time is not open + interval - 1 ms");
            findings.AddRange(check.Findings());
        }
    }

    private readonly struct Sink(SymbolTable table) : ICandleSink
    {
        internal readonly SymbolTable Table = table;

        public void Add(ReadOnlySpan<byte> symbol, in Bar bar) => Table.Of(symbol).Add(in bar);
    }
}
