using Kedge.Data.Checks;
using Kedge.Data.Checks.Repair;
using Kedge.Data.Feed;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests;

public sealed class CandleRepairTests : IDisposable
{
    private static readonly Interval Hourly = Interval.OneHour;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_lacks_and_what_cannot_be_right_is_found_bar_by_bar()
    {
        string file = Make(0, 1, 4, 5, 6);
        Sql("UPDATE candles SET h = l - 1 WHERE t = " + T(4));
        Sql("UPDATE candles SET c = NULL WHERE t = " + T(6));
        Sql("UPDATE candles SET t_close = t WHERE t = " + T(1));
        Sql("INSERT INTO candles VALUES ('BTC', '1h', " + (T(0) + 7) + ", 0, 1, 1, 1, 1, 1, 1, '')");
        SeriesDamage damage = Assert.Single(Examine(file));
        Assert.Equal([new OpenRange(T(2), T(4))], damage.Missing);
        Assert.Equal([T(0) + 7, T(4), T(6)], damage.Bad.Select(b => b.OpenMs));
        Assert.Equal((2, 1), (damage.MissingBars, damage.CloseTimes));
        Assert.Equal([new OpenRange(T(0), T(7))], damage.Questions(0, 1_000));
        Assert.Equal([new OpenRange(T(0), T(1)), new OpenRange(T(2), T(5)), new OpenRange(T(6), T(7))], damage.Questions(0, 3));
        Assert.Equal([new OpenRange(T(3), T(5)), new OpenRange(T(6), T(7))], damage.Questions(T(3) - 5, 3));
    }

    [Fact]
    public void Only_what_is_wrong_is_replaced_and_only_by_good_bars_of_the_venue()
    {
        string file = Make(0, 1, 4, 5);
        Sql("UPDATE candles SET h = l - 1 WHERE t = " + T(4));
        SeriesDamage damage = Assert.Single(Examine(file));
        using (CandleRepairFile repair = CandleRepairFile.Open(file, Hourly, canWrite: true))
        {
            // The venue tells other numbers of bar 1, which was right, and one that is wrong of bar 3.
            VenueCandle[] told = [Bar(1) with { Close = 100.5 }, Bar(2), Bar(3) with { High = 1 }, Bar(4)];
            RepairCount count = repair.Mend(damage, new OpenRange(T(1), T(5)), told, T(9));
            Assert.Equal(new RepairCount(1, 1, 1, 0), count);
        }

        Assert.Equal(5, Scalar("SELECT count(*) FROM candles WHERE c = 100 AND t_close = t + 3599999"));
        Assert.Equal(1, Scalar("SELECT count(*) FROM feed_quarantine WHERE symbol = 'BTC' AND h = l - 1 AND t = " + T(4)));
        SeriesDamage left = Assert.Single(Examine(file));
        Assert.Equal((1, 0), (left.MissingBars, left.Bad.Count));
    }

    [Fact]
    public void A_bad_row_that_the_venue_cannot_replace_is_put_aside_and_its_place_stays_a_hole()
    {
        string file = Make(0, 1, 2);
        Sql("UPDATE candles SET v = -1 WHERE t = " + T(1));
        SeriesDamage damage = Assert.Single(Examine(file));
        using (CandleRepairFile repair = CandleRepairFile.Open(file, Hourly, canWrite: true))
        {
            Assert.Equal(new RepairCount(0, 0, 1, 0), repair.Mend(damage, new OpenRange(long.MinValue, T(2)), [], T(9)));
        }

        Assert.Equal(2, Scalar("SELECT count(*) FROM candles"));
        CheckFinding hole = Assert.Single(StoreCheck.Run(file).Findings);
        Assert.Equal((CheckKind.Gap, 1), (hole.Kind, hole.Count));
    }

    [Fact]
    public void Of_a_bar_that_is_there_twice_one_stays_until_the_venue_tells_it()
    {
        string file = _folder["candles_1h.db"];
        Db.Candles(file, "1h", key: false, ("BTC", Db.Bar(0)), ("BTC", Db.Bar(1)), ("BTC", Db.Bar(1, 101)), ("BTC", Db.Bar(2)));
        SeriesDamage damage = Assert.Single(Examine(file));
        using CandleRepairFile repair = CandleRepairFile.Open(file, Hourly, canWrite: true);
        OpenRange all = new(T(0), T(3));
        Assert.Equal(default, repair.Mend(damage, all, [], T(9)));
        Assert.Equal(4, Scalar("SELECT count(*) FROM candles"));
        Assert.Equal(new RepairCount(0, 1, 1, 0), repair.Mend(damage, all, [Bar(1)], T(9)));
        Assert.Equal(3, Scalar("SELECT count(*) FROM candles WHERE c = 100"));
        Assert.Empty(repair.Examine());
    }

    [Fact]
    public void Wrong_close_times_are_computed_anew()
    {
        string file = Make(0, 1, 2);
        Sql("UPDATE candles SET t_close = t WHERE t > " + T(0));
        SeriesDamage damage = Assert.Single(Examine(file));
        using CandleRepairFile repair = CandleRepairFile.Open(file, Hourly, canWrite: true);
        Assert.Equal(2, repair.CorrectCloseTimes(damage).CloseTimes);
        Assert.Empty(repair.Examine());
    }

    [Fact]
    public void Bars_that_a_feed_has_proven_not_to_exist_are_no_holes()
    {
        string file = _folder["candles_1h.db"];
        using (FeedStore store = FeedStore.Open(_folder.Path, [Hourly]))
        {
            store.Write(
                new FeedEffect.Store(1, [.. new[] { 0, 1, 5, 6 }.Select(i => new BarToStore("BTC", Hourly, Bar(i)))]),
                T(9)
            );
            store.Note(new FeedEffect.RememberEmpty("BTC", Hourly, new OpenRange(T(2), T(4))), T(9));
        }

        Assert.Equal([new OpenRange(T(4), T(5))], Assert.Single(Examine(file)).Missing);
        CheckFinding hole = Assert.Single(StoreCheck.Run(file).Findings);
        Assert.Equal((1, T(4)), (hole.Count, hole.FirstMs));
    }

    [Fact]
    public void A_good_database_has_no_damage() => Assert.Empty(Examine(Make(0, 1, 2)));

    [Fact]
    public void A_database_of_a_later_feed_is_not_written_to()
    {
        string file = Make(0, 1);
        CandleRepairFile.Open(file, Hourly, canWrite: true).Dispose();
        Sql("UPDATE feed_meta SET value = 2 WHERE key = 'schema_version'");
        Assert.Equal(
            FailureKind.Environment,
            Assert.Throws<KedgeException>(() => CandleRepairFile.Open(file, Hourly, canWrite: true)).Kind
        );
    }

    private static long T(int index) => Db.T0 + (index * Db.Hour);

    private static VenueCandle Bar(int index)
    {
        Bar bar = Db.Bar(index);
        return new VenueCandle(bar.OpenTimeMs, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, 3);
    }

    private static IReadOnlyList<SeriesDamage> Examine(string file)
    {
        using CandleRepairFile repair = CandleRepairFile.Open(file, Hourly, canWrite: false);
        return repair.Examine();
    }

    private string Make(params int[] bars) => Db.Candles(_folder["candles_1h.db"], [.. bars.Select(i => ("BTC", Db.Bar(i)))]);

    private void Sql(string sql) => Db.Execute(_folder["candles_1h.db"], sql);

    private long Scalar(string sql) => Db.Scalar(_folder["candles_1h.db"], sql);
}
