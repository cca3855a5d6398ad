using System.Collections.Concurrent;
using System.Diagnostics;
using Kedge.Data.Feed;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;
using Kedge.Exchange.Market;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Feeds;

/// <summary>
/// A feed on an empty folder at an exchange with a long history, over real sockets in real time. Weight is a hundred times the venue's on all three
/// sides: what its budget does in minutes is proven under virtual time, here it would be waited for.
/// </summary>
internal sealed class SocketFeedStart : IAsyncDisposable
{
    private const int TimesBudget = 100;
    private const long HourMs = 3_600_000;
    private const int PlayedMinutes = 180;
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-feed-sockets-").FullName;
    private readonly GatewayHost _host;
    private readonly FeedTruth _truth;
    private readonly HyperliquidGateway _gateway;

    private SocketFeedStart(GatewayHost host, HyperliquidGateway gateway, IReadOnlyList<string> symbols)
    {
        _host = host;
        _gateway = gateway;
        _truth = new FeedTruth(() => gateway);
        Symbols = symbols;
    }

    public static FeedSettings Settings { get; } = new() { WithQuotes = false, WeightPerMinute = 600 * TimesBudget };

    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Questions of the last life.</summary>
    public ConcurrentQueue<VenueCommand.QueryCandles> Questions { get; } = new();

    /// <summary>What an operator was told in the last life.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>Starts the exchange.</summary>
    public static async Task<SocketFeedStart> StartAsync(int symbols)
    {
        Instrument[] instruments = [.. Enumerable.Range(1, symbols).Select(FeedStart.Instrument)];
        long startMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / HourMs * HourMs;
        GatewayMarket market = new(
            [.. instruments.Select((one, i) => LongHistory.Make(i, one, startMs, PlayedMinutes, 7))],
            new MarketSettings(),
            startMs
        );
        HyperliquidGateway gateway = new(
            new ExchangeCore(new ExchangeSettings { Instruments = instruments }),
            new GatewaySettings { WeightPerMinute = 1_200 * TimesBudget },
            market
        );
        GatewayHost host = await GatewayHost.StartAsync(gateway, new GatewayHostOptions { Port = 0 }).ConfigureAwait(false);
        return new SocketFeedStart(host, gateway, [.. instruments.Select(one => one.Name)]);
    }

    /// <summary>One life of the feed: from its start until it lacks nothing, then stopped. What it took.</summary>
    public async Task<FeedStartResult> RunAsync()
    {
        Questions.Clear();
        Told.Clear();
        long before = await WeightAsync().ConfigureAwait(false);
        Stopwatch watch = Stopwatch.StartNew();
        HyperliquidVenue? venue = null;
        FeedService feed = FeedService.Start(
            new FeedServiceOptions
            {
                Settings = Settings,
                Symbols = Symbols,
                Folder = _folder,
                Noted = (code, text) => Told.Enqueue($"{code}: {text}"),
            },
            listener => new Listened(venue = Connect(listener), this)
        );
        while (feed.Progress is not { Percent: 100 } && watch.ElapsedMilliseconds < 120_000 && !feed.Ended.IsCompleted)
        {
            await Task.Delay(50).ConfigureAwait(false);
        }

        FeedProgress end = feed.Progress ?? default;
        long took = watch.ElapsedMilliseconds;
        await venue!.DisposeAsync().ConfigureAwait(false);
        await feed.DisposeAsync().ConfigureAwait(false);
        long weight = await WeightAsync().ConfigureAwait(false) - before;
        return new FeedStartResult(took, weight, Questions.Count, end);
    }

    /// <summary>What differs between the databases and the exchange, from the third oldest bar wanted to the newest stored.</summary>
    public Task<string[]> DifferencesAsync() => _host.RunAsync((now, _) => Differences(now.WallMs).ToArray());

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<string> Differences(long nowMs)
    {
        using FeedStore store = FeedStore.Open(_folder, [FeedSettings.Minute, .. Settings.Coarse]);
        foreach (StoredSeries held in store.Read(Symbols, Settings with { WindowBars = Settings.HistoryBars }, nowMs))
        {
            long iv = held.Interval.Ms;
            OpenRange range = new((nowMs / iv * iv) - ((Settings.HistoryBars - 2) * iv), held.LastMs + iv);
            SortedDictionary<long, VenueCandle> truth = _truth.Bars(held.Symbol, held.Interval, range);
            int same = held.Recent.Count(bar => truth.TryGetValue(bar.OpenMs, out VenueCandle told) && bar == told);
            if (same != truth.Count || truth.Count < Settings.HistoryBars - 4 || held.LastMs + (2 * iv) < nowMs - 60_000)
            {
                yield return $"{held.Symbol} {held.Interval}: {same} of {truth.Count} bars are the exchange's";
            }
        }
    }

    private Task<long> WeightAsync() => _host.RunAsync((_, _) => _gateway.WeightTaken);

    private HyperliquidVenue Connect(IVenueListener listener) =>
        HyperliquidVenue.Start(
            new VenueHostOptions
            {
                Network = NetworkEndpoint.TryParse(_host.Url.ToString(), isMainnet: false, out NetworkEndpoint? endpoint)
                    ? endpoint
                    : throw new InvalidOperationException($"{_host.Url}"),
                Session = new SessionSettings { WeightShare = 1.0, WeightPerMinute = 1_200 * TimesBudget },
            },
            listener
        );

    /// <summary>Notes the questions on their way.</summary>
    private sealed class Listened(HyperliquidVenue venue, SocketFeedStart world) : IVenue
    {
        public string Name => venue.Name;

        public VenueCapabilities Capabilities => venue.Capabilities;

        public void Send(VenueCommand command)
        {
            if (command is VenueCommand.QueryCandles question)
            {
                world.Questions.Enqueue(question);
            }

            venue.Send(command);
        }
    }
}
