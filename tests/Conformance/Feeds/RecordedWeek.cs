using Kedge.Data.Feed;
using Kedge.Data.Hub;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Streams;
using Kedge.Exchange.Market;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Feeds;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Feeds;

/// <summary>
/// Recorded hours on their way through exchange, adapter, feed and hub under virtual time: some are the exchange's history and fetched, the others it
/// plays trade by trade, so that minutes close, hours are made of them and confirmed. Three folders of databases come of it: what the exchange was given,
/// what the feed stored, what the hub told.
/// </summary>
internal sealed class RecordedWeek : IDisposable
{
    private const long HourMs = 3_600_000;

    // Mids concern no candle, and twice a second for a week they would be most of the work.
    private const long MidsEveryMs = 5_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-feed-week-").FullName;
    private readonly IReadOnlyList<RecordedHours> _hours;
    private readonly long _playFromMs;
    private readonly long _endMs;

    /// <param name="hours">The record; all symbols over the same range.</param>
    /// <param name="playedHours">How many of the newest hours are played; those before are history.</param>
    public RecordedWeek(IReadOnlyList<RecordedHours> hours, int playedHours)
    {
        _hours = hours;
        _endMs = hours[0].Bars[^1].OpenMs + HourMs;
        _playFromMs = _endMs - (playedHours * HourMs);
    }

    /// <summary>Folder of what the exchange was given.</summary>
    public string Given => Path.Combine(_folder, "given");

    /// <summary>Folder of the feed.</summary>
    public string Stored => Path.Combine(_folder, "stored");

    /// <summary>Folder of what the hub told.</summary>
    public string Told => Path.Combine(_folder, "told");

    /// <summary>How many hours the feed served first from where.</summary>
    public Dictionary<BarSource, int> Served { get; } = [];

    /// <summary>Plays all of it.</summary>
    public void Run()
    {
        string[] symbols = [.. _hours.Select(one => one.Symbol)];
        FeedSettings settings = new()
        {
            WithQuotes = false,
            WithFunding = false,
            WithUniverse = false,
            Coarse = [Interval.OneHour],
        };
        VirtualScheduler scheduler = new(1, new SchedulerOptions { WallStartMs = _playFromMs });
        SimNetwork network = new(scheduler, new FaultPlan()) { PlanIsActive = false };
        SimProcess venue = scheduler.AddProcess("venue", new ClockOptions { DriftPpm = 20 });
        SimProcess client = scheduler.AddProcess("client", new ClockOptions { DriftPpm = -30 });
        SimProcess reader = scheduler.AddProcess("hub", new ClockOptions { DriftPpm = 10 });
        SimulatedVenueServer server = new(network, venue, _ => Exchange(), _ => []);
        HubSettings hubSettings = new() { Series = [new HubSeriesSpec(Interval.OneHour, _hours[0].Bars.Count)], UseRest = false };
        SimulatedHub hub = new(reader, Stored, hubSettings, symbols);
        SimulatedFeed feed = new(client, Connect, settings, symbols, () => FeedStore.Open(Stored, Intervals))
        {
            Heard = effect =>
            {
                if (effect is FeedEffect.Served served)
                {
                    Note(served);
                    hub.Serve(served);
                }
            },
        };
        venue.Start();
        scheduler.RunFor(100);
        client.Start();
        scheduler.RunFor(300_000);
        reader.Start();
        scheduler.RunFor(_endMs - _playFromMs - 300_000 + (10 * 60_000));
        client.Kill(KillKind.Process, "end");
        Write(Given, _hours.SelectMany(one => one.Bars.Select(bar => new BarToStore(one.Symbol, Interval.OneHour, bar))));
        Write(Told, hub.Bars.Select(bar => new BarToStore(bar.Key.Symbol, bar.Key.Interval, bar.Value)));

        SimulatedVenue Connect(IVenueListener listener) =>
            new(
                network,
                client,
                server.Names,
                () => new HyperliquidSession(new SessionSettings { WeightShare = 1.0 }),
                (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
                listener,
                VenueCapabilities.History
            );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<Interval> Intervals { get; } = [FeedSettings.Minute, Interval.OneHour];

    private static void Write(string folder, IEnumerable<BarToStore> bars)
    {
        using FeedStore store = FeedStore.Open(folder, [Interval.OneHour]);
        StoreOutcome outcome = store.Write(new FeedEffect.Store(1, [.. bars]), 0);
        if (outcome.Error is not null)
        {
            throw new InvalidOperationException(outcome.Error);
        }
    }

    private void Note(FeedEffect.Served served)
    {
        if (served.Interval == Interval.OneHour && served.Kind == ServedAs.Closed && served.Bar.OpenMs >= _playFromMs)
        {
            Served[served.Source] = Served.GetValueOrDefault(served.Source) + 1;
        }
    }

    private HyperliquidGateway Exchange()
    {
        Instrument[] instruments = [.. _hours.Select(one => one.Instrument())];

        // Two prices a minute: no minute of the record is known to have been empty.
        MarketSettings market = new()
        {
            Quotes = new QuoteSettings { PointsPerBar = 120, Levels = 1 },
        };
        GatewaySettings settings = new() { Streams = new StreamSettings { MidsEveryMs = MidsEveryMs } };
        return new HyperliquidGateway(
            new ExchangeCore(new ExchangeSettings { Instruments = instruments }),
            settings,
            new GatewayMarket([.. _hours.Select((one, i) => one.Series(i, instruments[i]))], market, _playFromMs)
        );
    }
}
