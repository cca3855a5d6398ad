using Kedge.Data.Checks;
using Kedge.Data.Parquet;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Tests;

/// <summary>Archives hold what the database held, to the last bit, and nothing is deleted that was not read back.</summary>
public sealed class ParquetArchiveTests : IDisposable
{
    private static readonly CandleOpenOptions NoCache = new(UseCache: false);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_archive_reads_back_to_the_last_bit()
    {
        // T0 is 1 January 2024: 1,000 hours reach into 11 February.
        (string, Bar)[] rows = [.. Odd("BTC", 1_000), .. Odd("kPEPE", 900), .. Odd("Ä-long-name-of-a-coin", 40)];
        string database = Db.Candles(_folder["candles_1h.db"], rows);
        Db.Execute(database, "UPDATE candles SET n = NULL, updated_at = '2024-03-01T00:00:00Z' WHERE t % 3 = 0");
        using ICandleSet before = CandleStore.Open(database, Interval.OneHour, NoCache);
        IReadOnlyList<ArchivedMonth> months = ParquetArchive.Run(new ArchiveRequest(database) { BeforeMs = long.MaxValue });

        Assert.Equal(["2024-01", "2024-02"], months.Select(month => month.Month));
        Assert.Equal(rows.Length, months.Sum(month => month.Rows));
        Assert.All(months, month => Assert.True(month is { Deleted: 0, Changed: false }));
        string archive = _folder["partitions/1h"];
        using ICandleSet after = CandleStore.Open(archive, Interval.OneHour, NoCache);
        Assert.Equal(before.DataHash, after.DataHash);
        Assert.Equal(before.Symbols, after.Symbols);
        Assert.Equal(["1h"], CandleStore.Intervals(archive));
        Assert.True(StoreCheck.Run(archive).IsGood);
        Assert.Equal(rows.Length, StoreList.Read(archive).Sum(series => series.Count));
    }

    [Fact]
    public void What_is_deleted_is_in_the_archive_and_both_together_are_what_there_was()
    {
        string database = Db.Candles(_folder["candles_1h.db"], [.. Odd("BTC", 1_000), .. Odd("ETH", 1_000)]);
        using ICandleSet before = CandleStore.Open(database, Interval.OneHour, NoCache);
        long cut = Db.T0 + (750 * Db.Hour);
        ArchiveRequest request = new(database)
        {
            BeforeMs = cut,
            Delete = true,
            Vacuum = true,
        };
        IReadOnlyList<ArchivedMonth> months = ParquetArchive.Run(request);

        Assert.Equal(1_500, months.Sum(month => month.Deleted));
        Assert.Equal(500, Db.Scalar(database, "SELECT count(*) FROM candles"));
        using ICandleSet both = CandleStore.Open($"{database},{_folder["partitions/1h"]}", Interval.OneHour, NoCache);
        Assert.Equal(before.DataHash, both.DataHash);
        Assert.Empty(ParquetArchive.Run(request));
    }

    [Fact]
    public void A_later_run_adds_what_is_new_and_the_database_wins_over_the_archive()
    {
        string database = Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 20));
        ParquetArchive.Run(new ArchiveRequest(database) { BeforeMs = Db.T0 + (10 * Db.Hour), Delete = true });
        Db.Candles(database, ("BTC", Db.Bar(4, 4_000.0)));
        ArchivedMonth month = Assert.Single(
            ParquetArchive.Run(new ArchiveRequest(database) { BeforeMs = long.MaxValue, Delete = true })
        );

        Assert.Equal((11L, 20L, 11L), (month.Rows, month.Total, month.Deleted));
        using ICandleSet set = CandleStore.Open(month.File, Interval.OneHour, NoCache);
        Assert.Equal(20, set.Bars(0).Count);
        Assert.Equal(4_000.0, set.Bars(0)[4].Close);
    }

    [Fact]
    public void A_dry_run_changes_nothing()
    {
        string database = Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 20));
        ArchivedMonth month = Assert.Single(
            ParquetArchive.Run(
                new ArchiveRequest(database)
                {
                    BeforeMs = long.MaxValue,
                    Delete = true,
                    IsDryRun = true,
                }
            )
        );
        Assert.Equal(20, month.Rows);
        Assert.False(Directory.Exists(_folder["partitions"]));
        Assert.Equal(20, Db.Scalar(database, "SELECT count(*) FROM candles"));
    }

    [Fact]
    public void A_damaged_archive_stops_the_run_before_anything_is_deleted()
    {
        string database = Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 20));
        ArchiveRequest request = new(database) { BeforeMs = long.MaxValue, Delete = true };
        string file = _folder["partitions/1h/candles_1h_2024-01.parquet"];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "PAR1 and then nothing that makes sense PAR1");

        KedgeException failure = Assert.Throws<KedgeException>(() => ParquetArchive.Run(request));
        Assert.Equal(FailureKind.Environment, failure.Kind);
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        Assert.Equal(20, Db.Scalar(database, "SELECT count(*) FROM candles"));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
        Assert.Throws<KedgeException>(() => CandleStore.Open(file, Interval.OneHour, NoCache));
    }

    [Fact]
    public void The_column_cache_follows_an_archive()
    {
        string database = Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 20));
        ParquetArchive.Run(new ArchiveRequest(database) { BeforeMs = Db.T0 + (10 * Db.Hour) });
        string archive = _folder["partitions/1h/candles_1h_2024-01.parquet"];
        using (ICandleSet first = CandleStore.Open(archive, Interval.OneHour))
        {
            Assert.Equal(10, first.Bars(0).Count);
        }

        ParquetArchive.Run(new ArchiveRequest(database) { BeforeMs = long.MaxValue });
        using ICandleSet second = CandleStore.Open(archive, Interval.OneHour);
        Assert.Equal(20, second.Bars(0).Count);
    }

    /// <summary>Prices whose last bits matter: thirds, and volumes from nothing to very much.</summary>
    private static IEnumerable<(string Symbol, Bar Bar)> Odd(string symbol, int bars)
    {
        for (int i = 0; i < bars; i++)
        {
            double price = 1.0 / (3 + i);
            double volume = i % 5 == 0 ? 0.0 : Math.Pow(10.0, (i % 40) - 20) / 7.0;
            yield return (symbol, new Bar(Db.T0 + (i * Db.Hour), price, price * 1.0000000001, price / 3.0, price, volume));
        }
    }
}
