using Kedge.Model;

namespace Kedge.Data.Tests;

public sealed class ColumnCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _file;
    private readonly string _cache;
    private readonly string _fresh;

    public ColumnCacheTests()
    {
        _file = Db.Candles(_folder["a.db"], [.. Db.Series("A", 0, 1001), .. Db.Series("kB", 3, 17), .. Db.Series("kB", 30, 1)]);
        _cache = _file + ".1h.kcache";
        using ICandleSet set = CandleStore.Open(_file, Interval.OneHour, new CandleOpenOptions(UseCache: false));
        _fresh = Describe(set);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public unsafe void A_cached_set_equals_the_one_without_cache_and_its_columns_are_aligned()
    {
        Assert.Equal(_fresh, Open());
        Assert.True(File.Exists(_cache));
        DateTime written = File.GetLastWriteTimeUtc(_cache);
        Assert.Equal(_fresh, Open());
        Assert.Equal(written, File.GetLastWriteTimeUtc(_cache));
        using ICandleSet set = CandleStore.Open(_file, Interval.OneHour);
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            BarColumns b = set.Bars(i);
            Assert.Equal(
                0,
                ((nint)b.OpenTimeMs | (nint)b.Open | (nint)b.High | (nint)b.Low | (nint)b.Close | (nint)b.Volume) & 63
            );
        }

        using ICandleSet view = set.Select(new HashSet<string>(["kB"], StringComparer.Ordinal));
        Assert.Equal(new GapSummary(1, 10), view.Gaps(0));
    }

    [Fact]
    public void A_fresh_cache_is_used_without_opening_the_database()
    {
        Open();
        DateTime time = File.GetLastWriteTimeUtc(_file);
        // Same size, time and change counter, but no database any more: only the cache can answer.
        using (FileStream file = new(_file, FileMode.Open))
        {
            file.Write("no longer SQLite"u8);
        }

        File.SetLastWriteTimeUtc(_file, time);
        Assert.Equal(_fresh, Open());
    }

    [Fact]
    public void A_changed_database_is_read_again()
    {
        Open();
        Db.Execute(
            _file,
            "UPDATE candles SET v = v + 1 WHERE symbol = 'A' AND t = (SELECT max(t) FROM candles WHERE symbol = 'A')"
        );
        string changed = Open();
        Assert.NotEqual(_fresh, changed, StringComparer.Ordinal);
        Assert.Equal(changed, Open());
    }

    [Fact]
    public void A_write_that_is_still_in_the_log_is_seen()
    {
        Db.Execute(_file, "PRAGMA journal_mode=WAL");
        Open();
        using Kedge.Data.Sqlite.SqliteDatabase writer = Kedge.Data.Sqlite.SqliteDatabase.OpenWrite(_file);
        writer.Execute("UPDATE candles SET v = 77 WHERE symbol = 'kB'");
        Assert.NotEqual(_fresh, Open(), StringComparer.Ordinal);
    }

    [Fact]
    public void A_cache_cut_short_or_damaged_is_rebuilt()
    {
        Open();
        byte[] good = File.ReadAllBytes(_cache);
        List<byte[]> broken =
        [
            [],
            good[..10],
            good[..100],
            good[..(good.Length / 2)],
            good[..^1],
            [.. good, 0],
        ];
        for (int at = 0; at < BitConverter.ToInt64(good, 8); at += 3)
        {
            byte[] flipped = [.. good];
            flipped[at] ^= 0x55;
            broken.Add(flipped);
        }

        foreach (byte[] bytes in broken)
        {
            File.WriteAllBytes(_cache, bytes);
            Assert.Equal(_fresh, Open());
            Assert.Equal(good, File.ReadAllBytes(_cache));
        }
    }

    [Fact]
    public void Where_no_cache_can_be_written_the_set_is_still_good_and_nothing_is_left_behind()
    {
        string blocked = _folder.Write("file", "a file where a folder should be");
        using ICandleSet set = CandleStore.Open(
            _file,
            Interval.OneHour,
            new CandleOpenOptions(CacheFolder: Path.Combine(blocked, "cache"))
        );
        Assert.Equal(_fresh, Describe(set));
        // A folder in the cache's own place makes the final rename fail.
        string cacheFolder = _folder["cache"];
        using (ICandleSet first = CandleStore.Open(_file, Interval.OneHour, new CandleOpenOptions(CacheFolder: cacheFolder)))
        {
            Assert.Equal(_fresh, Describe(first));
        }

        string place = Directory.GetFiles(cacheFolder).Single();
        File.Delete(place);
        Directory.CreateDirectory(Path.Combine(place, "x"));
        using ICandleSet second = CandleStore.Open(_file, Interval.OneHour, new CandleOpenOptions(CacheFolder: cacheFolder));
        Assert.Equal(_fresh, Describe(second));
        Assert.Empty(Directory.GetFiles(cacheFolder));
    }

    [Fact]
    public void A_list_is_cached_in_the_cache_folder_under_its_own_name()
    {
        string other = Db.Candles(_folder["b.db"], Db.Series("A", 990, 100, 5000.0));
        CandleOpenOptions options = new(CacheFolder: _folder["cache"]);
        string[] seen =
        [
            .. new[] { $"{_file},{other}", $"{other},{_file}", _file, $"{_file},{other}" }.Select(paths =>
            {
                using ICandleSet set = CandleStore.Open(paths, Interval.OneHour, options);
                return Describe(set);
            }),
        ];
        Assert.Equal(3, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(seen[0], seen[3]);
        Assert.Equal(3, Directory.GetFiles(_folder["cache"]).Length);
    }

    [Fact]
    public void A_mapped_set_survives_the_replacement_of_its_file()
    {
        Open();
        using ICandleSet set = CandleStore.Open(_file, Interval.OneHour);
        Db.Execute(_file, "DELETE FROM candles WHERE symbol = 'A'");
        Assert.NotEqual(_fresh, Open(), StringComparer.Ordinal);
        Assert.Equal(_fresh, Describe(set));
    }

    private string Open()
    {
        using ICandleSet set = CandleStore.Open(_file, Interval.OneHour);
        return Describe(set);
    }

    private static string Describe(ICandleSet set)
    {
        // The hash is recomputed from the bars, so that a header that lies is found out.
        string recomputed = set.Between(0, long.MaxValue).DataHash;
        Assert.Equal(recomputed, set.DataHash);
        IEnumerable<string> symbols = Enumerable
            .Range(0, set.Symbols.Count)
            .Select(i => $"{set.Symbols[i]}:{set.Bars(i).Count}:{set.Gaps(i)}");
        return $"{set.Interval} {set.DataHash} {string.Join(' ', symbols)}";
    }
}
