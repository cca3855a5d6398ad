using Kedge.Data.Feed;
using Kedge.Data.Sqlite;
using Kedge.Data.Universe;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed;

public sealed class FeedStoreTests : IDisposable
{
    private const long Minute = 60_000;
    private static readonly Interval OneMinute = Interval.Parse("1m");
    private static readonly long T0 = FeedWorld.T0;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_back_with_its_holes_and_without_what_is_settled()
    {
        using (FeedStore store = Open())
        {
            Assert.Null(store.Write(Batch(0, 1, 4, 5, 9), T0).Error);
            store.Note(new FeedEffect.RememberEmpty("BTC", OneMinute, new OpenRange(T0 + (6 * Minute), T0 + (7 * Minute))), T0);
            store.Note(new FeedEffect.RememberEmpty("BTC", OneMinute, new OpenRange(T0 + (7 * Minute), T0 + (8 * Minute))), T0);
            store.Note(new FeedEffect.RememberListing("BTC", OneMinute, T0), T0);
            Assert.Equal(0, store.LostNotes);
        }

        using FeedStore again = Open();
        StoredSeries series = Assert.Single(again.Read(["BTC"], new FeedSettings(), T0 + (20 * Minute)));
        Assert.Equal((5, T0, T0 + (9 * Minute)), (series.Count, series.FirstMs, series.LastMs));
        Assert.Equal([Range(2, 4), Range(8, 9)], series.Holes);
        Assert.Equal([Range(6, 8)], series.Settled);
        Assert.Equal(T0, series.ListedFromMs);
        Assert.Equal(Bar(4), series.Recent[2]);
    }

    [Fact]
    public void Other_programs_read_the_bars_as_any_candle_database()
    {
        using (FeedStore store = Open())
        {
            store.Write(Batch(0, 1, 2), T0);
        }

        using ICandleSet set = CandleStore.Open(_folder["candles_1m.db"], OneMinute, new CandleOpenOptions(UseCache: false));
        Assert.Equal(["BTC"], set.Symbols);
        Assert.Equal(3, set.Bars(0).Count);
        Assert.Equal(
            1,
            Db.Scalar(_folder["candles_1m.db"], "SELECT count(*) FROM candles WHERE n = 7 AND t_close = t + 59999 AND t = " + T0)
        );
    }

    [Fact]
    public void A_bar_written_again_replaces_the_first()
    {
        using FeedStore store = Open();
        store.Write(Batch(0), T0);
        store.Write(new FeedEffect.Store(2, [new BarToStore("BTC", OneMinute, Bar(0) with { Close = 100.5 })]), T0);
        Assert.Equal(100.5, Assert.Single(store.Read(["BTC"], new FeedSettings(), T0)[0].Recent).Close);
    }

    [Fact]
    public void A_full_disk_is_told_as_such_and_leaves_nothing_half_written()
    {
        using FeedStore store = Open();
        Assert.Null(store.Write(Batch(0, 1), T0).Error);
        SqliteDatabase database = store.File(OneMinute)!.Database;
        long pages = Db.Scalar(_folder["candles_1m.db"], "PRAGMA page_count");
        database.Execute($"PRAGMA max_page_count={pages}");
        StoreOutcome full = store.Write(Batch([.. Enumerable.Range(10, 3_000)]), T0);
        Assert.True(full.IsDiskFull);
        Assert.Contains("disk is full", full.Error, StringComparison.Ordinal);
        Assert.Equal(2, store.Read(["BTC"], new FeedSettings(), T0)[0].Count);

        database.Execute("PRAGMA max_page_count=100000");
        Assert.Null(store.Write(Batch([.. Enumerable.Range(10, 3_000)]), T0).Error);
        Assert.Equal(3_002, store.Read(["BTC"], new FeedSettings(), T0)[0].Count);
    }

    [Fact]
    public void A_database_of_a_later_version_is_refused()
    {
        Open().Dispose();
        Db.Execute(_folder["candles_1m.db"], "UPDATE feed_meta SET value = 2 WHERE key = 'schema_version'");
        KedgeException e = Assert.Throws<KedgeException>(Open);
        Assert.Equal(FailureKind.Environment, e.Kind);
        Assert.Contains("version 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_imported_database_is_taken_over()
    {
        Db.Candles(_folder["candles_1m.db"], "1m", key: true, ("BTC", new Kedge.Kernel.Bar(T0, 1, 2, 0.5, 1.5, 3)));
        using FeedStore store = Open();
        Assert.Null(store.Write(Batch(1), T0).Error);
        Assert.Equal(2, store.Read(["BTC"], new FeedSettings(), T0)[0].Count);
    }

    [Fact]
    public void Pruning_deletes_what_is_older_and_nothing_else()
    {
        using FeedStore store = Open();
        store.Write(Batch(0, 1, 2, 3), T0);
        store.Note(new FeedEffect.Prune(OneMinute, T0 + (2 * Minute)), T0);
        Assert.Equal(T0 + (2 * Minute), store.Read(["BTC"], new FeedSettings(), T0)[0].FirstMs);
    }

    [Fact]
    public void Pruning_reaches_every_symbol()
    {
        using FeedStore store = Open();
        foreach (string symbol in new[] { "AAVE", "BTC", "kPEPE" })
        {
            store.Write(
                new FeedEffect.Store(1, [new BarToStore(symbol, OneMinute, Bar(0)), new BarToStore(symbol, OneMinute, Bar(5))]),
                T0
            );
        }

        store.Note(new FeedEffect.Prune(OneMinute, T0 + Minute), T0);
        Assert.Equal(3, Db.Scalar(_folder["candles_1m.db"], "SELECT count(*) FROM candles"));
        Assert.Equal(3, Db.Scalar(_folder["candles_1m.db"], "SELECT count(DISTINCT symbol) FROM candles"));
    }

    [Fact]
    public void Funding_rates_are_kept_beside_the_candles_and_their_newest_is_known_again()
    {
        using (FeedStore store = Open())
        {
            Assert.Empty(store.FundingLast(["BTC"]));
            Assert.False(File.Exists(_folder["funding_rates.db"]));
            Assert.True(store.TryKeep(new FeedEffect.KeepFunding("BTC", [(T0, 1e-5), (T0 + 3_600_000, -2e-5)])));
        }

        using FeedStore again = Open();
        Assert.Equal(T0 + 3_600_000, Assert.Single(again.FundingLast(["BTC", "ETH"])).Value);
        FundingSeries series = Assert.Single(FundingStore.Load(_folder["funding_rates.db"]));
        Assert.Equal("BTC", series.Symbol);
    }

    [Fact]
    public void What_trades_is_kept_as_snapshots_and_widens_the_listings()
    {
        using FeedStore store = Open();
        store.Note(new FeedEffect.KeepUniverse(T0, ["BTC", "OLD"]), T0);
        store.Note(new FeedEffect.KeepUniverse(T0 + 3_600_000, ["BTC", "NEW"]), T0);
        store.Note(new FeedEffect.KeepUniverse(T0 - 3_600_000, ["BTC"]), T0);
        Assert.Equal(0, store.LostNotes);
        string file = _folder["universe_history.db"];
        Assert.Equal(5, Db.Scalar(file, "SELECT count(*) FROM universe_snapshots"));
        Assert.Equal(
            [
                new UniverseListing("BTC", T0 - 3_600_000, T0 + 3_600_000),
                new UniverseListing("NEW", T0 + 3_600_000, T0 + 3_600_000),
                new UniverseListing("OLD", T0, T0),
            ],
            UniverseStore.Load(file)
        );
        store.Note(new FeedEffect.KeepUniverse(T0, []), T0);
        Assert.Equal(1, store.LostNotes);
        Assert.Equal(5, Db.Scalar(file, "SELECT count(*) FROM universe_snapshots"));
    }

    [Fact]
    public void Bars_put_aside_are_counted_and_bounded()
    {
        using FeedStore store = Open();
        FeedEffect.Quarantine bad = new("BTC", OneMinute, Bar(0) with { High = double.NaN }, "high is NaN");
        store.Note(bad, T0);
        store.Note(bad, T0);
        Assert.Equal(2, store.Read(["BTC"], new FeedSettings(), T0)[0].Quarantined);
        store.File(OneMinute)!.Database.Execute("UPDATE feed_quarantine SET id = id + 20000 WHERE id = 2");
        store.Note(bad, T0);
        Assert.Equal(2, store.Read(["BTC"], new FeedSettings(), T0)[0].Quarantined);
    }

    private static OpenRange Range(int from, int to) => new(T0 + (from * Minute), T0 + (to * Minute));

    private static VenueCandle Bar(int i) => new(T0 + (i * Minute), 100, 101, 99, 100, 1.5, 7);

    private static FeedEffect.Store Batch(params int[] minutes) =>
        new(1, [.. minutes.Select(i => new BarToStore("BTC", OneMinute, Bar(i)))]);

    private FeedStore Open() => FeedStore.Open(_folder.Path, [OneMinute]);
}
