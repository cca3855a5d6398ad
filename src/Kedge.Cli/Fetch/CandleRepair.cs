using Kedge.Data;
using Kedge.Data.Checks.Repair;
using Kedge.Data.Feed;
using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Fetch;

/// <summary>Mends candle databases from a venue: what lacks or cannot be right is asked for again, by the same questions as <c>data fetch</c>.</summary>
internal static class CandleRepair
{
    private const int PageBars = 1_000;
    private const long CloseMarginMs = 5_000;

    /// <summary>What is wrong with each series of some databases; Parquet archives are never changed and not looked at.</summary>
    /// <exception cref="KedgeException">A database cannot be read (exit 4).</exception>
    public static IReadOnlyList<(string File, SeriesDamage Damage)> Examine(string paths, Interval? only)
    {
        List<(string, SeriesDamage)> all = [];
        foreach ((string file, Interval interval) in Files(paths, only))
        {
            using CandleRepairFile database = CandleRepairFile.Open(file, interval, canWrite: false);
            all.AddRange(database.Examine().Select(damage => (file, damage)));
        }

        return all;
    }

    /// <summary>Mends them.</summary>
    /// <param name="paths">Files and folders, comma separated.</param>
    /// <param name="only">One interval; null for all.</param>
    /// <param name="network">The venue.</param>
    /// <param name="weightShare">Part of the venue's limit on requests that may be used.</param>
    /// <param name="progress">Told the part that is done, 0 to 1.</param>
    /// <exception cref="KedgeException">
    /// A feed writes to one of the folders (exit 3); the venue does not answer or a file cannot be written (exit 4): what was mended before stays so.
    /// </exception>
    public static async Task<IReadOnlyList<(string File, SeriesDamage Damage, RepairCount Done)>> RunAsync(
        string paths,
        Interval? only,
        NetworkEndpoint network,
        double weightShare,
        Action<double> progress
    )
    {
        List<FileStream> locks = [];
        try
        {
            foreach (string folder in Files(paths, only).Select(f => Folder(f.File)).Distinct(StringComparer.Ordinal))
            {
                locks.Add(FeedLock.Take(folder, "repair"));
            }

            IReadOnlyList<(string File, SeriesDamage Damage)> all = Examine(paths, only);
            if (all.Count == 0)
            {
                return [];
            }

            VenueQueries venue = new(network, weightShare);
            await using (venue.ConfigureAwait(false))
            {
                HashSet<string> known = new(await venue.SymbolsAsync().ConfigureAwait(false), StringComparer.Ordinal);
                List<(string, SeriesDamage, RepairCount)> done = [];
                foreach ((string file, SeriesDamage damage) in all)
                {
                    progress((double)done.Count / all.Count);
                    using CandleRepairFile database = CandleRepairFile.Open(file, damage.Interval, canWrite: true);
                    RepairCount count = await MendAsync(venue, known.Contains(damage.Symbol), database, damage)
                        .ConfigureAwait(false);
                    done.Add((file, damage, count));
                }

                progress(1.0);
                return done;
            }
        }
        finally
        {
            foreach (FileStream held in locks)
            {
                await held.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<RepairCount> MendAsync(
        VenueQueries venue,
        bool isKnown,
        CandleRepairFile database,
        SeriesDamage damage
    )
    {
        long iv = damage.Interval.Ms;
        long oldest = ((NowMs() / iv) - CandleFetch.KeptBars) * iv;
        RepairCount count = damage.CloseTimes > 0 ? database.CorrectCloseTimes(damage) : default;
        if (isKnown)
        {
            foreach (OpenRange range in damage.Questions(oldest, PageBars))
            {
                List<VenueCandle> bars = [];
                await venue
                    .CandlesAsync(damage.Symbol, damage.Interval, range.FromMs, range.ToMs, (page, _) => bars.AddRange(page))
                    .ConfigureAwait(false);
                long closedBefore = NowMs() - CloseMarginMs;
                count += database.Mend(damage, range, bars.Where(b => b.OpenMs + iv <= closedBefore), NowMs());
            }
        }

        // What the venue keeps no more, or never had, cannot be replaced; a row that cannot be right goes all the same.
        long reached = isKnown ? oldest : long.MaxValue;
        return count + database.Mend(damage, new OpenRange(long.MinValue, reached), [], NowMs());
    }

    private static IEnumerable<(string File, Interval Interval)> Files(string paths, Interval? only)
    {
        foreach (string file in StorePaths.Candles(paths).Where(f => !f.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            foreach (string name in CandleStore.Intervals(file))
            {
                if (Interval.TryParse(name, out Interval interval) && (only is null || only.Value == interval))
                {
                    yield return (file, interval);
                }
            }
        }
    }

    private static string Folder(string file) => Path.GetDirectoryName(Path.GetFullPath(file))!;

    private static long NowMs() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
