using Kedge.Data.Feed;
using Kedge.Data.Manager;
using Kedge.Data.Parquet;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Manager;

/// <summary>Databases first, archives next, the venue for what lacks; what it told is kept.</summary>
public sealed class DataManagerTests : IDisposable
{
    private const long Now = Db.T0 + (100 * Db.Hour) + 1_800_000;
    private static readonly string[] All = ["sqlite", "archive", "venue"];
    private readonly TempFolder _folder = new();
    private ScriptedVenue? _venue;
    private List<VenueCandle> _traded = [.. Enumerable.Range(0, 101).Select(i => Candle(i, 300.0))];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_source_is_asked_only_for_what_those_before_it_lack_and_the_database_wins()
    {
        // The archive has 0…59, the database 40…79 with other numbers, the venue everything.
        Archive(Db.Series("BTC", 0, 60, 200.0));
        Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 40, 40));
        DataAnswer answer = await Manager().GetAsync(Candles(0, 100), Now, cancellation: Cancel);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => Db.T0 + (i * Db.Hour)), answer.Candles.Select(c => c.OpenMs));
        Assert.Equal([("archive", 40), ("sqlite", 40), ("venue", 20)], answer.Segments.Select(s => (s.Source, s.Rows)));
        Assert.Equal(200.0 + 39, answer.Candles[39].Close);
        Assert.Equal(100.0 + 40, answer.Candles[40].Close);
        Assert.Equal(300.0 + 80, answer.Candles[80].Close);
        Assert.Equal([(Db.T0 + (80 * Db.Hour), Db.T0 + (100 * Db.Hour))], _venue!.Asked);
        Assert.True(answer.IsComplete);
    }

    [Fact]
    public async Task What_the_venue_told_is_kept_and_what_an_archive_holds_stays_there()
    {
        Archive(Db.Series("BTC", 0, 60, 200.0));
        Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 40, 40));
        DataAnswer first = await Manager().GetAsync(Candles(0, 100), Now, cancellation: Cancel);
        DataAnswer second = await Manager().GetAsync(Candles(0, 100), Now, cancellation: Cancel);

        Assert.Equal(20, first.WrittenBack);
        Assert.Null(_venue);
        Assert.Equal(first.Candles, second.Candles);
        Assert.Equal([("archive", 40), ("sqlite", 60)], second.Segments.Select(s => (s.Source, s.Rows)));
        Assert.Equal(60, Db.Scalar(_folder["candles_1h.db"], "SELECT count(*) FROM candles"));
        Assert.Equal(
            Db.T0 + (99 * Db.Hour) + Db.Hour - 1,
            Db.Scalar(_folder["candles_1h.db"], "SELECT max(t_close) FROM candles")
        );
    }

    [Fact]
    public async Task A_bar_that_still_forms_is_neither_handed_out_nor_kept()
    {
        DataAnswer answer = await Manager().GetAsync(Candles(90, 200), Now, cancellation: Cancel);

        Assert.Equal(Db.T0 + (99 * Db.Hour), answer.Candles[^1].OpenMs);
        Assert.Equal(Db.T0 + (99 * Db.Hour), Db.Scalar(_folder["candles_1h.db"], "SELECT max(t) FROM candles"));
        Assert.True(answer.IsComplete);
    }

    [Fact]
    public async Task An_hour_without_trades_is_neither_invented_nor_missing()
    {
        _traded.RemoveAt(50);
        DataAnswer answer = await Manager().GetAsync(Candles(40, 60), Now, cancellation: Cancel);

        Assert.Equal(19, answer.Candles.Count);
        Assert.Equal(1, answer.KnownEmpty);
        Assert.True(answer.IsComplete);
    }

    [Fact]
    public async Task What_nobody_has_is_told_as_missing()
    {
        DataAnswer answer = await Manager(kept: 20).GetAsync(Candles(70, 100), Now, cancellation: Cancel);

        Assert.Equal(Db.T0 + (81 * Db.Hour), answer.Candles[0].OpenMs);
        Assert.Equal(new OpenRange(Db.T0 + (70 * Db.Hour), Db.T0 + (81 * Db.Hour)), Assert.Single(answer.Missing));
    }

    [Fact]
    public async Task A_bar_that_cannot_be_right_is_passed_over_and_the_next_source_gives_a_good_one()
    {
        Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 10));
        Db.Execute(_folder["candles_1h.db"], $"UPDATE candles SET h = NULL WHERE t = {Db.T0 + (4 * Db.Hour)}");
        DataAnswer answer = await Manager().GetAsync(Candles(0, 10), Now, cancellation: Cancel);

        Assert.Equal(1, answer.Refused);
        Assert.Equal(304.0, answer.Candles[4].Close);
        Assert.True(answer.IsComplete);
    }

    [Fact]
    public async Task A_failing_question_is_asked_again_and_goes_on_where_the_pages_stopped()
    {
        _failures = 1;
        DataAnswer answer = await Manager(pageSize: 10).GetAsync(Candles(0, 30), Now, cancellation: Cancel);

        Assert.Equal(30, answer.Candles.Count);
        Assert.Equal([Db.T0, Db.T0 + (20 * Db.Hour)], _venue!.Asked.Select(a => a.FromMs));
        Assert.Empty(answer.Problems);
    }

    [Fact]
    public async Task A_venue_that_keeps_failing_is_told_and_the_rest_is_handed_out()
    {
        _failures = 99;
        Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 10));
        DataAnswer answer = await Manager().GetAsync(Candles(0, 30), Now, cancellation: Cancel);

        Assert.Equal(10, answer.Candles.Count);
        Assert.Equal(new DataProblem("venue", "HTTP 500"), Assert.Single(answer.Problems));
        Assert.False(answer.IsComplete);
    }

    [Fact]
    public async Task A_damaged_database_is_told_and_the_next_source_is_asked()
    {
        _folder.Write("candles_1h.db", "no database at all, but long enough to look like one to somebody in a hurry");
        DataAnswer answer = await Manager(writeBack: false).GetAsync(Candles(0, 30), Now, cancellation: Cancel);

        Assert.Equal("sqlite", Assert.Single(answer.Problems).Source);
        Assert.True(answer.IsComplete);
    }

    [Fact]
    public async Task The_first_route_that_fits_says_the_sources()
    {
        Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 10));
        DataManager manager = Manager(
            routes: [new DataRouteRule(["BTC"], AssetType.Perp, ["sqlite"]), new DataRouteRule([], AssetType.Perp, ["venue"])]
        );
        Assert.Equal(["sqlite"], manager.RouteOf(DataKind.Candles, "BTC", AssetType.Perp));
        Assert.Equal(["venue"], manager.RouteOf(DataKind.Candles, "ETH", AssetType.Perp));
        Assert.Equal(["sqlite", "archive"], manager.RouteOf(DataKind.Candles, "SPY", AssetType.Equity));
        Assert.Equal(10, (await manager.GetAsync(Candles(0, 30), Now, cancellation: Cancel)).Candles.Count);
        Assert.Equal(30, (await manager.GetAsync(Candles(0, 30), Now, ["venue"], Cancel)).Candles.Count);
    }

    [Fact]
    public async Task The_same_letters_of_another_asset_type_are_something_else()
    {
        Db.Candles(_folder["candles_1h.db"], Db.Series("BTC", 0, 10));
        Db.Candles(_folder["spot/candles_1h.db"], Db.Series("BTC", 0, 5, 700.0));
        DataRequest spot = DataRequest.Candles("BTC", AssetType.Spot, Interval.OneHour, Db.T0, Db.T0 + (10 * Db.Hour));
        DataAnswer answer = await Manager().GetAsync(spot, Now, cancellation: Cancel);

        Assert.Equal(5, answer.Candles.Count);
        Assert.Equal(700.0, answer.Candles[0].Close);
        Assert.Null(_venue);
    }

    [Fact]
    public async Task Funding_has_one_rate_an_hour_and_is_kept_as_well()
    {
        DataRequest request = DataRequest.Funding("BTC", AssetType.Perp, Db.T0, Db.T0 + (5 * Db.Hour));
        _rates =
        [
            (Db.T0 + 30, 1e-5),
            (Db.T0 + Db.Hour + 50, 2e-5),
            (Db.T0 + Db.Hour + 400_000, 9e-5),
            (Db.T0 + (3 * Db.Hour), 3e-5),
            (Db.T0 + (4 * Db.Hour), 4e-5),
        ];
        DataAnswer first = await Manager().GetAsync(request, Now, cancellation: Cancel);
        DataAnswer second = await Manager().GetAsync(request, Now, ["sqlite"], Cancel);

        Assert.Equal([1e-5, 2e-5, 3e-5, 4e-5], first.Rates.Select(r => r.Rate));
        Assert.Equal(1, first.Refused);
        Assert.Equal(Db.T0 + (2 * Db.Hour), Assert.Single(first.Missing).FromMs);
        Assert.Equal(first.Rates, second.Rates);
    }

    [Fact]
    public void A_source_that_is_not_there_is_refused_by_name()
    {
        KedgeException e = Assert.Throws<KedgeException>(() => Manager(order: ["sqlite", "memory"]));
        Assert.Equal("'memory' is no source of data; there are sqlite, archive, venue", e.Message);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int _failures;
    private List<(long, double)> _rates = [];

    private static VenueCandle Candle(int index, double close)
    {
        Bar b = Db.Bar(index, close + index);
        return new VenueCandle(b.OpenTimeMs, b.Open, b.High, b.Low, b.Close, b.Volume, 7);
    }

    private static DataRequest Candles(int from, int to) =>
        DataRequest.Candles("BTC", AssetType.Perp, Interval.OneHour, Db.T0 + (from * Db.Hour), Db.T0 + (to * Db.Hour));

    private void Archive((string, Bar)[] rows)
    {
        string source = Db.Candles(_folder["old/candles_1h.db"], rows);
        ParquetArchive.Run(new ArchiveRequest(source) { BeforeMs = long.MaxValue, Into = _folder["partitions"] });
    }

    private DataManager Manager(
        int kept = 5_000,
        int pageSize = 500,
        bool writeBack = true,
        IReadOnlyList<DataRouteRule>? routes = null,
        string[]? order = null
    )
    {
        _venue = null;
        SqliteSource sqlite = new(_folder.Path);
        VenueSourceOptions options = new() { KeptBars = kept, Pause = TimeSpan.Zero };
        return new DataManager(
            new DataManagerOptions
            {
                Sources =
                [
                    sqlite,
                    new ArchiveSource(_folder["partitions"]),
                    new VenueSource(
                        options,
                        listener =>
                            _venue = new ScriptedVenue(listener)
                            {
                                Candles = _traded,
                                Rates = _rates,
                                PageSize = pageSize,
                                Failures = _failures,
                            }
                    ),
                ],
                Order = order ?? All,
                Routes = routes ?? [],
                WriteBack = writeBack ? sqlite : null,
            }
        );
    }
}
