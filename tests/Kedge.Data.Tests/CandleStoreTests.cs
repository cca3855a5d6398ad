using Kedge.Data.Columns;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Tests;

public sealed class CandleStoreTests : IDisposable
{
    private static readonly CandleOpenOptions NoCache = new(UseCache: false);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bars_come_back_as_stored_in_symbol_and_time_order()
    {
        string file = Db.Candles(
            _folder["a.db"],
            [("kPEPE", Db.Bar(3, 0.5 + 1.0)), ("BTC", Db.Bar(1, 7.25)), ("BTC", Db.Bar(0, 3.125)), ("kPEPE", Db.Bar(1, 9.0))]
        );
        using ICandleSet set = CandleStore.Open(file, Interval.OneHour, NoCache);
        Assert.Equal(["BTC", "kPEPE"], set.Symbols);
        Assert.Equal(Db.Bar(0, 3.125), set.Bars(0)[0]);
        Assert.Equal(Db.Bar(1, 7.25), set.Bars(0)[1]);
        Assert.Equal(new GapSummary(1, 1), set.Gaps(1));
        Assert.Equal(new TimeRange(Db.T0, Db.T0 + (3 * Db.Hour)), set.Range());
        Assert.False(File.Exists(file + ".1h.kcache"));
    }

    [Fact]
    public void Insertion_order_and_layout_of_the_table_change_nothing()
    {
        (string, Bar)[] rows = [.. Db.Series("A", 0, 900), .. Db.Series("B", 5, 700, 50.0), .. Db.Series("Ä", 2, 10)];
        (string, Bar)[] shuffled = [.. rows];
        new Random(7).Shuffle(shuffled);
        using ICandleSet a = CandleStore.Open(Db.Candles(_folder["a.db"], rows), Interval.OneHour, NoCache);
        using ICandleSet b = CandleStore.Open(Db.Candles(_folder["b.db"], "1h", key: false, shuffled), Interval.OneHour, NoCache);
        Assert.Equal(a.DataHash, b.DataHash);
        for (int i = 0; i < a.Bars(1).Count; i++)
        {
            Assert.Equal(a.Bars(1)[i], b.Bars(1)[i]);
        }
    }

    [Fact]
    public void Several_databases_join_and_the_first_in_the_list_wins()
    {
        string x = Db.Candles(_folder["x.db"], Db.Series("A", 5, 10, 1000.0));
        string y = Db.Candles(_folder["y.db"], [.. Db.Series("A", 0, 8), .. Db.Series("B", 0, 2)]);
        using ICandleSet xy = CandleStore.Open($"{x}, {y}", Interval.OneHour, NoCache);
        using ICandleSet yx = CandleStore.Open($"{y},{x},{y}", Interval.OneHour, NoCache);
        Assert.Equal(15, xy.Bars(0).Count);
        Assert.Equal(15, yx.Bars(0).Count);
        Assert.Equal(1006.0, xy.Bars(0)[6].Close);
        Assert.Equal(106.0, yx.Bars(0)[6].Close);
        Assert.NotEqual(xy.DataHash, yx.DataHash, StringComparer.Ordinal);
    }

    [Fact]
    public void A_folder_gives_its_candle_databases_sorted_by_path()
    {
        Db.Candles(_folder["candles_b.db"], ("A", Db.Bar(0, 20.0)));
        Db.Candles(_folder["candles_a.db"], ("A", Db.Bar(0, 10.0)));
        Db.Candles(_folder["other.db"], ("Z", Db.Bar(0, 10.0)));
        using ICandleSet set = CandleStore.Open(_folder.Path, Interval.OneHour, NoCache);
        Assert.Equal(["A"], set.Symbols);
        Assert.Equal(10.0, set.Bars(0)[0].Close);
        Assert.Equal("no candle", Words(Assert.Throws<KedgeException>(() => CandleStore.Open(" , ", Interval.OneHour)).Message));
        string empty = _folder["empty"];
        Directory.CreateDirectory(empty);
        Assert.Contains(
            "candles_*.db",
            Assert.Throws<KedgeException>(() => CandleStore.Open(empty, Interval.OneHour)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_no_candle_database_is_named_with_its_fault()
    {
        Fails("no such", _folder["none.db"]);
        Fails("not an SQLite database", _folder.Write("text.db", new string('x', 5000)));
        Fails("no tables", _folder.Write("zero.db", ""));
        Db.Execute(_folder["funding.db"], "CREATE TABLE funding_rates(symbol, time, funding_rate)");
        Fails("it has funding_rates", _folder["funding.db"]);
        Db.Execute(_folder["old.db"], "CREATE TABLE candles(symbol, interval, t, open)");
        Fails("no column 'o'", _folder["old.db"]);
        Db.Execute(
            _folder["void.db"],
            "CREATE TABLE candles(symbol TEXT, interval TEXT, t INTEGER, o REAL, h REAL, l REAL, c REAL, v REAL)"
        );
        Fails("holds no candles", _folder["void.db"]);
        Db.Candles(_folder["five.db"], "5m", key: true, ("A", Db.Bar(0)));
        Db.Candles(_folder["five.db"], "1d", key: true, ("A", Db.Bar(0)));
        Fails("only 1d, 5m", _folder["five.db"]);
        Assert.Equal(["5m", "1d"], CandleStore.Intervals(_folder["five.db"]));
    }

    [Theory]
    [InlineData(0.0, 2.0, 1.0, 1.0, 1.0, "open is 0")]
    [InlineData(1.0, 1.0, 2.0, 1.0, 1.0, "below low")]
    [InlineData(1.0, double.PositiveInfinity, 1.0, 1.0, 1.0, "high is")]
    [InlineData(1.0, 2.0, -1.0, 1.0, 1.0, "low is -1")]
    [InlineData(1.0, 2.0, 1.0, double.NaN, 1.0, "close is 0 or missing")]
    [InlineData(1.0, 2.0, 1.0, 1.0, -1.0, "volume is -1")]
    public void A_bar_that_cannot_be_used_is_refused_by_name(double o, double h, double l, double c, double v, string words)
    {
        string file = Db.Candles(_folder["bad.db"], ("A", Db.Bar(0)), ("DOGE", new Bar(Db.T0, o, h, l, c, v)));
        KedgeException e = Assert.Throws<KedgeException>(() => CandleStore.Open(file, Interval.OneHour));
        Assert.Equal(FailureKind.CheckFailed, e.Kind);
        Assert.Contains("bad.db: DOGE 1h bar at 1704067200000 (2024-01-01 00:00:00 UTC)", e.Message, StringComparison.Ordinal);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains("kedge data check", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_stored_twice_in_one_database_is_refused()
    {
        string file = Db.Candles(_folder["twice.db"], "1h", key: false, ("A", Db.Bar(0)), ("A", Db.Bar(1)), ("A", Db.Bar(0)));
        Assert.Contains(
            "is there twice",
            Assert.Throws<KedgeException>(() => CandleStore.Open(file, Interval.OneHour)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_database_in_write_ahead_mode_is_read_where_nothing_may_be_written()
    {
        string file = Db.Candles(_folder["wal.db"], Db.Series("A", 0, 5));
        Db.Execute(file, "PRAGMA journal_mode=WAL");
        // Root may write anywhere; a file in a folder's place keeps SQLite from making its side file as a read-only folder does.
        Directory.CreateDirectory(file + "-shm");
        using ICandleSet set = CandleStore.Open(file, Interval.OneHour, NoCache);
        Assert.Equal(5, set.Bars(0).Count);
    }

    [Fact]
    public void Views_have_the_hash_of_the_bars_they_show()
    {
        using ICandleSet set = CandleStore.Open(
            Db.Candles(_folder["a.db"], [.. Db.Series("A", 0, 9), .. Db.Series("B", 0, 9), .. Db.Series("C", 7, 2)]),
            Interval.OneHour,
            NoCache
        );
        using ICandleSet one = CandleStore.Open(
            Db.Candles(_folder["b.db"], [.. Db.Series("A", 0, 9)]),
            Interval.OneHour,
            NoCache
        );
        using ICandleSet cut = CandleStore.Open(
            Db.Candles(_folder["c.db"], [.. Db.Series("A", 2, 3), .. Db.Series("B", 2, 3)]),
            Interval.OneHour,
            NoCache
        );
        using ICandleSet selected = set.Select(new HashSet<string>(["A", "nothing"], StringComparer.Ordinal));
        using ICandleSet between = set.Between(Db.T0 + (2 * Db.Hour), Db.T0 + (4 * Db.Hour));
        Assert.Equal(one.DataHash, selected.DataHash);
        Assert.Equal(["A", "B"], between.Symbols);
        Assert.Equal(cut.DataHash, between.DataHash);
        Assert.Equal(set.DataHash, set.Between(0, long.MaxValue).DataHash);
        Assert.Equal("A", set.Find("a"));
        Assert.Throws<KedgeException>(() => set.Find("x"));
    }

    [Fact]
    public void The_hash_is_the_one_of_the_documentation()
    {
        Dictionary<string, List<Bar>> bars = new(StringComparer.Ordinal)
        {
            ["A"] = [new Bar(0, 1.0, 2.0, 0.5, 1.5, 10.0)],
            ["empty"] = [],
        };
        using MemoryCandleSet set = new(Interval.OneHour, bars);
        Assert.Equal("f036d9d4fdcd0be7a2cb0e3e6970cb60332347e9a813e82e60b424528413d21d", set.DataHash);
        Assert.Equal(["A"], set.Symbols);
    }

    [Fact]
    public void A_closed_set_refuses_to_be_read()
    {
        ICandleSet set = CandleStore.Open(Db.Candles(_folder["a.db"], Db.Series("A", 0, 2)), Interval.OneHour, NoCache);
        set.Dispose();
        set.Dispose();
        Assert.Throws<ObjectDisposedException>(() => set.Bars(0));
    }

    private static string Words(string text) => string.Join(' ', text.Split(' ').Take(2));

    private static void Fails(string words, string path)
    {
        KedgeException e = Assert.Throws<KedgeException>(() => CandleStore.Open(path, Interval.OneHour, NoCache));
        Assert.Equal(FailureKind.Environment, e.Kind);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(path), e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
