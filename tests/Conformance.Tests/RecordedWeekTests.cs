using Kedge.Conformance.Feeds;
using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Research.Replay;
using Kedge.Research.Reports;
using Kedge.TestSupport;

namespace Kedge.Conformance.Tests;

/// <summary>A recorded week through exchange, feed and hub: a replay of what came out is, byte for byte, the replay of what went in.</summary>
public sealed class RecordedWeekTests
{
    private const string Folder = "data/hyperliquid-perp/1h";
    private const long HourMs = 3_600_000;

    /// <summary>2025-05-12 00:00 UTC.</summary>
    private const long WeekMs = 1_747_008_000_000;

    private const int HoursBefore = 480;
    private const int HoursOfWeek = 168;
    private static readonly string[] Symbols = ["BTC", "HYPE", "kPEPE"];

    public static bool IsThere => ReferenceData.WhyAbsent(Folder) is null;

    [Fact(Skip = "the recorded hours are not here", SkipUnless = nameof(IsThere))]
    public void A_replay_of_what_went_through_is_the_replay_of_what_went_in()
    {
        RecordedHours[] hours =
        [
            .. Symbols.Select(symbol =>
                RecordedHours.Read(
                    ReferenceData.Require($"{Folder}/{symbol}.csv.gz"),
                    symbol,
                    WeekMs - (HoursBefore * HourMs),
                    WeekMs + (HoursOfWeek * HourMs)
                )
            ),
        ];
        Assert.All(hours, one => Assert.Equal(HoursBefore + HoursOfWeek, one.Bars.Count));
        using RecordedWeek week = new(hours, HoursOfWeek);
        week.Run();

        // The bars themselves, each number to its last bit; the record does not tell the number of trades.
        foreach (RecordedHours one in hours)
        {
            Assert.Equal(one.Bars, Bars(week.Stored, one.Symbol));
            Assert.Equal(one.Bars, Bars(week.Told, one.Symbol));
        }

        // The week was made of minutes.
        Assert.True(
            week.Served.GetValueOrDefault(BarSource.Composed) > Symbols.Length * HoursOfWeek * 9 / 10,
            string.Join(", ", week.Served)
        );

        (string given, int trades) = Replay(week.Given);
        Assert.True(trades > 20, $"{trades} trades");
        Assert.Equal(given, Replay(week.Stored).Report);
        Assert.Equal(given, Replay(week.Told).Report);
    }

    private static VenueCandle[] Bars(string folder, string symbol)
    {
        using FeedStore store = FeedStore.Open(folder, [Interval.OneHour]);
        FeedSettings all = new() { WindowBars = 5_000, HistoryBars = 5_000 };
        return [.. store.Read([symbol], all, WeekMs)[0].Recent.Select(bar => bar with { Trades = 0 })];
    }

    private static (string Report, int Trades) Replay(string folder)
    {
        ReplayRequest request = new()
        {
            CandlesDb = Path.Combine(folder, "candles_1h.db"),
            Interval = "1h",
            NoCache = true,
            Lookback = 100,
            Set =
            [
                "trade.entry_min_confidence=low",
                "filters.require_btc_alignment=false",
                "filters.enable_ranging_filter=false",
            ],
        };
        using ReplaySetup setup = ReplaySetup.Open(request, TestContext.Current.CancellationToken);
        ReplayResult result = ReplayRunner.Run(setup);
        using MemoryStream report = new();
        ReportJson.Write(report, ReportBuilder.Build(result), new ReportJsonOptions { Trades = true, EquityCurve = true });
        return (System.Text.Encoding.UTF8.GetString(report.ToArray()), result.Bookings.Count);
    }
}
