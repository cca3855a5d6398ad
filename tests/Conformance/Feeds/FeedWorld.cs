using Kedge.Conformance.Worlds;
using Kedge.Data.Feed;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Exchange.Market;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Simulation;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Feeds;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Feeds;

/// <summary>A feed, its session and the simulated exchange in one process under virtual time. Every effect of the feed is held against the exchange.</summary>
internal sealed class FeedWorld : IDisposable
{
    private const long MinuteMs = 60_000;
    private const long Midnight = 1_735_689_600_000;
    private const int PlayedMinutes = 240;

    /// <summary>Weight of one about all the history that is wanted.</summary>
    private const int LargestQuestion = 25;

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-feed-mix-").FullName;
    private readonly Dictionary<(string Symbol, Interval Interval, long OpenMs), VenueCandle> _stored = [];
    private readonly SimulatedVenueServer _server;
    private readonly GatewayMarket _market;
    private readonly FeedTruth _truth;
    private HyperliquidGateway _gateway = null!;
    private SimulatedVenue _venue = null!;
    private long _venueReachedMs;

    /// <param name="seed">Of everything.</param>
    /// <param name="plan">Faults of wire and process, once they are switched on.</param>
    /// <param name="dice">How the market is.</param>
    public FeedWorld(ulong seed, FaultPlan plan, SimRandom dice)
    {
        // A few minutes before the full hour, so that bars of every length close.
        long startMs =
            Midnight + (dice.NextBetween(24 * 60, 48 * 60) / 60 * 60 * MinuteMs) + (dice.NextBetween(45, 59) * MinuteMs);
        startMs += dice.NextBetween(0, 59_999);
        Scheduler = new VirtualScheduler(seed, new SchedulerOptions { ShuffleSimultaneous = true, WallStartMs = startMs });
        Network = new SimNetwork(Scheduler, plan) { PlanIsActive = false };
        SimProcess serverProcess = Scheduler.AddProcess("venue", new ClockOptions { DriftPpm = 20 });
        SimProcess client = Scheduler.AddProcess(
            "client",
            new ClockOptions { DriftPpm = -30, WallSkewMs = dice.NextBetween(-5_000, 5_000) }
        );
        _market = Market(dice, startMs);
        _truth = new FeedTruth(() => _gateway);
        _server = new SimulatedVenueServer(Network, serverProcess, Create, _ => _gateway.Save()) { Logged = Count };
        Injector = new FaultInjector(Network);
        Injector.Spare(serverProcess);
        serverProcess.Start();
        Scheduler.RunFor(100);
        Feed = new SimulatedFeed(client, Connect, Settings, Symbols, () => FeedStore.Open(_folder, Intervals))
        {
            Heard = Check,
            Written = Write,
        };
        client.Start();

        SimulatedVenue Connect(IVenueListener listener) =>
            _venue = new(
                Network,
                client,
                _server.Names,
                () => new HyperliquidSession(new SessionSettings { WeightShare = 1.0, JitterSeed = seed }),
                (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
                listener,
                VenueCapabilities.History
            );
    }

    /// <summary>What is watched.</summary>
    public static IReadOnlyList<string> Symbols { get; } = [.. SimulatedWorld.Instruments.Select(one => one.Name)];

    public static FeedSettings Settings { get; } =
        new()
        {
            HistoryBars = 300,
            ChunkBars = 120,
            WithQuotes = false,
        };

    public static IReadOnlyList<Interval> Intervals { get; } = [FeedSettings.Minute, .. Settings.Coarse];

    public VirtualScheduler Scheduler { get; }

    public SimNetwork Network { get; }

    public FaultInjector Injector { get; }

    public SimulatedFeed Feed { get; }

    /// <summary>Faults of the venue's own, so far, by their word.</summary>
    public Dictionary<string, int> VenueFaults { get; } = new(StringComparer.Ordinal);

    /// <summary>Questions wait for weight: the feed's share of a minute is used up, or what the session may use.</summary>
    public bool IsBudgetDrained =>
        Feed.Core is { IsWaitingForWeight: true }
        || (
            _venue.Session is HyperliquidSession { Status: { Queued: > 0 } status }
            && status.WeightUsed + LargestQuestion > status.WeightBudget * 4 / 5
        );

    /// <summary>Bars served, by why.</summary>
    public Dictionary<ServedAs, long> Served { get; } = [];

    /// <summary>What must not happen and did.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>What goes wrong at the venue from now on.</summary>
    public void Misbehave(ExchangeFaultPlan plan) => SimulatedGateway.Plan(_server, plan);

    /// <summary>Nothing any more.</summary>
    public void Behave() => SimulatedGateway.Behave(_server);

    /// <summary>What differs between the feed's databases and the exchange, of bars that ended a while ago.</summary>
    public IEnumerable<string> Differences(long endedForMs)
    {
        long nowMs = _server.Process.Now.WallMs;
        foreach (string symbol in Symbols)
        {
            foreach (Interval interval in Intervals)
            {
                long iv = interval.Ms;
                OpenRange range = new((nowMs / iv * iv) - ((Settings.HistoryBars - 2) * iv), (nowMs - endedForMs) / iv * iv);
                SortedDictionary<long, VenueCandle> truth = _truth.Bars(symbol, interval, range);
                for (long t = range.FromMs; t < range.ToMs; t += iv)
                {
                    bool exists = truth.TryGetValue(t, out VenueCandle bar);
                    bool isHeld = _stored.TryGetValue((symbol, interval, t), out VenueCandle held);
                    if (exists != isHeld || bar != held)
                    {
                        yield return $"{symbol} {interval} {(nowMs - t) / MinuteMs} min ago ({t}): exchange {(exists ? bar : "has none")}, feed {(isHeld ? held : "has none")}";
                    }
                }
            }
        }
    }

    /// <summary>What differs between the databases on disk and what was acknowledged; nothing may.</summary>
    public IEnumerable<string> Lost()
    {
        Feed.Process.Kill(KillKind.Process, "end");
        using FeedStore store = FeedStore.Open(_folder, Intervals);
        foreach (
            StoredSeries series in store.Read(
                Symbols,
                Settings with
                {
                    HistoryBars = 10_000,
                    WindowBars = 10_000,
                },
                Scheduler.Now.WallMs
            )
        )
        {
            Dictionary<long, VenueCandle> held = series.Recent.ToDictionary(bar => bar.OpenMs);
            foreach (((string symbol, Interval interval, long t), VenueCandle bar) in _stored)
            {
                if (
                    symbol == series.Symbol
                    && interval == series.Interval
                    && (!held.TryGetValue(t, out VenueCandle on) || on != bar)
                )
                {
                    yield return $"{symbol} {interval} {t} was acknowledged and is not on disk";
                }
            }
        }
    }

    public void Dispose()
    {
        if (Feed.Process.IsRunning)
        {
            Feed.Process.Kill(KillKind.Process, "end");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Count(GatewayLogEntry entry)
    {
        const string Prefix = "fault.";
        if (entry.Code.StartsWith(Prefix, StringComparison.Ordinal))
        {
            string word = entry.Code[Prefix.Length..];
            VenueFaults[word] = VenueFaults.GetValueOrDefault(word) + 1;
        }
    }

    private void Check(FeedEffect effect)
    {
        _venueReachedMs = Math.Max(_venueReachedMs, _server.Process.Now.WallMs);
        switch (effect)
        {
            case FeedEffect.Served served:
                Served[served.Kind] = Served.GetValueOrDefault(served.Kind) + 1;
                RequireOver("served", served.Symbol, served.Interval, served.Bar);
                break;
            case FeedEffect.Store batch:
                foreach (BarToStore bar in batch.Bars)
                {
                    RequireOver("stored", bar.Symbol, bar.Interval, bar.Bar);
                }

                break;
        }
    }

    private void RequireOver(string how, string symbol, Interval interval, in VenueCandle bar)
    {
        if (bar.OpenMs + interval.Ms > _venueReachedMs)
        {
            Complaints.Add(
                $"{how} as closed while it formed: {symbol} {interval} {bar}, {bar.OpenMs + interval.Ms - _venueReachedMs} ms before its end"
            );
        }
    }

    private void Write(FeedEffect.Store batch)
    {
        foreach (BarToStore bar in batch.Bars)
        {
            _stored[(bar.Symbol, bar.Interval, bar.Bar.OpenMs)] = bar.Bar;
        }
    }

    private FaultyGateway Create(byte[]? saved)
    {
        ExchangeCore core = new(new ExchangeSettings { Instruments = SimulatedWorld.Instruments });
        _gateway = new HyperliquidGateway(core, new GatewaySettings(), _market);
        return new FaultyGateway(_gateway, ExchangeFaultPlan.None, new CoreFaultTargets(core), 0);
    }

    /// <summary>A walk for each symbol; it was listed some time ago, and in some minutes nothing trades.</summary>
    private static GatewayMarket Market(SimRandom dice, long startMs)
    {
        List<MarketSeries> series = [];
        for (int symbol = 0; symbol < SimulatedWorld.Instruments.Count; symbol++)
        {
            int history = (int)dice.NextBetween(30, 1_500);
            long openMs = (startMs / MinuteMs * MinuteMs) - (history * MinuteMs);
            SeededWalk walk = new(symbol == 0 ? 600_000 : 300_000, 600, 50_000 * Bounds.Usd);
            MarketSeries whole = SeededBars.Make(
                symbol,
                SimulatedWorld.Instruments[symbol],
                walk,
                openMs,
                history + PlayedMinutes,
                dice.NextBits()
            );
            double quiet = dice.Chance(0.4) ? 0 : dice.NextBetween(1, 30) / 100.0;
            bool[] trades = [.. whole.Bars.Select(_ => !dice.Chance(quiet))];
            trades[0] = true;
            series.Add(
                whole with
                {
                    Bars = [.. whole.Bars.Where((_, i) => trades[i])],
                    Trades = [.. whole.Trades.Where((_, i) => trades[i])],
                }
            );
        }

        return new GatewayMarket(series, new MarketSettings { Quotes = new QuoteSettings { PointsPerBar = 12 } }, startMs);
    }
}
