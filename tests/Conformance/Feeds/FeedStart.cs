using System.Globalization;
using Kedge.Data.Feed;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Feeds;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Feeds;

/// <summary>
/// A feed with default settings that begins with an empty folder at an exchange with a long history, under virtual time; and again, after a pause,
/// with what it has. The exchange itself counts the weight of requests.
/// </summary>
internal sealed class FeedStart : IDisposable
{
    private const long StartMs = 1_735_689_600_000;
    private const long MinuteMs = 60_000;
    private const long LimitMs = 12 * 60 * MinuteMs;
    private const int PlayedMinutes = 14 * 60;
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-feed-start-").FullName;
    private readonly VirtualScheduler _scheduler;
    private readonly SimProcess _client;
    private readonly SimulatedVenueServer _server;
    private readonly SimulatedFeed _feed;
    private readonly FeedTruth _truth;
    private readonly Queue<long> _taken = new();
    private HyperliquidGateway _gateway = null!;

    /// <param name="symbols">How many symbols.</param>
    public FeedStart(int symbols)
    {
        Instruments = [.. Enumerable.Range(1, symbols).Select(Instrument)];
        Symbols = [.. Instruments.Select(one => one.Name)];
        _scheduler = new VirtualScheduler(1, new SchedulerOptions { WallStartMs = StartMs });
        SimNetwork network = new(_scheduler, new FaultPlan()) { PlanIsActive = false };
        SimProcess venue = _scheduler.AddProcess("venue", new ClockOptions { DriftPpm = 20 });
        _client = _scheduler.AddProcess("client", new ClockOptions { DriftPpm = -30 });
        _truth = new FeedTruth(() => _gateway);
        _server = new SimulatedVenueServer(network, venue, _ => Create(), _ => [])
        {
            Logged = entry => Refused += entry.Code == "weight" ? 1 : 0,
        };
        venue.Start();
        _scheduler.RunFor(100);
        _feed = new SimulatedFeed(_client, Connect, Settings, Symbols, () => FeedStore.Open(_folder, Intervals)) { Heard = Hear };

        SimulatedVenue Connect(IVenueListener listener) =>
            new(
                network,
                _client,
                _server.Names,
                () => new HyperliquidSession(new SessionSettings { WeightShare = 1.0 }),
                (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
                listener,
                VenueCapabilities.History
            );
    }

    public FeedSettings Settings { get; } = new() { WithQuotes = false };

    public IReadOnlyList<Interval> Intervals => [FeedSettings.Minute, .. Settings.Coarse];

    public IReadOnlyList<Instrument> Instruments { get; }

    public IReadOnlyList<string> Symbols { get; }

    /// <summary>The venue's clock.</summary>
    public long VenueMs => _server.Process.Now.WallMs;

    /// <summary>Requests answered 429.</summary>
    public int Refused { get; private set; }

    /// <summary>Most weight the exchange has counted in any 60 seconds.</summary>
    public long MostInAMinute { get; private set; }

    /// <summary>What was told of the progress, each time it reached another percent, with the time since the start.</summary>
    public List<(long AtMs, FeedProgress Progress)> Told { get; } = [];

    /// <summary>Questions of this life.</summary>
    public List<VenueCommand.QueryCandles> Questions { get; } = [];

    /// <summary>Lets the feed run until it lacks nothing and all of it is stored; what that took.</summary>
    public FeedStartResult Run()
    {
        long startUs = _scheduler.NowUs;
        long before = _gateway.WeightTaken;
        Questions.Clear();
        Told.Clear();
        _client.Start();
        while (!IsThere() && (_scheduler.NowUs - startUs) / 1_000 < LimitMs)
        {
            _scheduler.RunFor(1_000);
            Weigh();
            if (_feed.Core?.Progress() is FeedProgress now && (Told.Count == 0 || Told[^1].Progress.Percent != now.Percent))
            {
                Told.Add(((_scheduler.NowUs - startUs) / 1_000, now));
            }
        }

        return new FeedStartResult(
            (_scheduler.NowUs - startUs) / 1_000,
            _gateway.WeightTaken - before,
            Questions.Count,
            Told[^1].Progress
        );
    }

    /// <summary>Kills the feed; the exchange goes on alone.</summary>
    public void Pause(long ms)
    {
        _client.Kill(KillKind.Process, "pause");
        _scheduler.RunFor(ms);
    }

    /// <summary>Lets it run on.</summary>
    public void RunOn(long ms) => _scheduler.RunFor(ms);

    /// <summary>What differs between the databases and the exchange, but for bars that ended just now and the two oldest, which the exchange lets go.</summary>
    public IEnumerable<string> Differences()
    {
        long nowMs = VenueMs;
        using FeedStore store = FeedStore.Open(_folder, Intervals);
        foreach (StoredSeries held in store.Read(Symbols, Settings with { WindowBars = Settings.HistoryBars }, nowMs))
        {
            long iv = held.Interval.Ms;
            OpenRange range = new((nowMs / iv * iv) - ((Settings.HistoryBars - 2) * iv), (nowMs - 20_000) / iv * iv);
            SortedDictionary<long, VenueCandle> truth = _truth.Bars(held.Symbol, held.Interval, range);
            int same = held.Recent.Count(bar => truth.TryGetValue(bar.OpenMs, out VenueCandle told) && bar == told);
            if (same != truth.Count || truth.Count < Settings.HistoryBars - 3)
            {
                yield return $"{held.Symbol} {held.Interval}: {same} of {truth.Count} bars are the exchange's";
            }
        }
    }

    public void Dispose()
    {
        if (_client.IsRunning)
        {
            _client.Kill(KillKind.Process, "end");
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>One of many instruments.</summary>
    public static Instrument Instrument(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"S{number:00}"), 4, new MarginTable(new MarginTier(0, 25)), 10_000_000);

    private bool IsThere() => _feed.Core is { } core && core.Progress() is { Percent: 100 } && core.Unstored == 0;

    private void Hear(FeedEffect effect)
    {
        if (effect is FeedEffect.Ask { Command: VenueCommand.QueryCandles question })
        {
            Questions.Add(question);
        }
    }

    /// <summary>Once a second: what the exchange counted in the last sixty.</summary>
    private void Weigh()
    {
        _taken.Enqueue(_gateway.WeightTaken);
        if (_taken.Count > 61)
        {
            _taken.Dequeue();
        }

        MostInAMinute = Math.Max(MostInAMinute, _gateway.WeightTaken - _taken.Peek());
    }

    private HyperliquidGateway Create()
    {
        MarketSettings settings = new()
        {
            Quotes = new QuoteSettings { PointsPerBar = 4, Levels = 1 },
        };
        GatewayMarket market = new(
            [.. Instruments.Select((one, i) => LongHistory.Make(i, one, StartMs, PlayedMinutes, 7))],
            settings,
            StartMs
        );
        _gateway = new HyperliquidGateway(
            new ExchangeCore(new ExchangeSettings { Instruments = Instruments }),
            new GatewaySettings(),
            market
        );
        return _gateway;
    }
}
