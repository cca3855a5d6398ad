using Kedge.Configuration;
using Kedge.Data.Feed.Serving;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Trading;

/// <summary>
/// A lane from its start to its stop, on a set of symbols that stays as it is: locks, ledger, venue, hub, engine, kill switches. When other symbols are to be watched
/// one life ends, as at any stop, and another begins from the ledger.
/// </summary>
internal sealed partial class LaneLife : IAsyncDisposable
{
    // What opening ledger and journal may write before a life runs, and more.
    private const int RoomForALife = 4 << 20;
    private readonly LaneOptions _options;
    private readonly LaneLines _lines;
    private readonly LaneConfigurationFile _file;
    private readonly Func<string, string?> _variable;
    private readonly LaneStore _store;
    private readonly VenueDesk _desk;
    private readonly LaneFeed _feed;
    private readonly LaneBars _bars = new();
    private TaskCompletionSource _otherSymbols = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LaneVenue? _venue;
    private TradingEngine? _engine;
    private EngineHost? _host;
    private MarketDataHub? _hub;
    private LaneMarket? _market;
    private KillWatcher? _kills;
    private ConfigurationWatcher? _edits;
    private FundingPoller? _funding;
    private LaneSnapshot? _snapshot;
    private WatchlistState _list = WatchlistState.Empty;
    private IReadOnlyList<string> _excluded = [];
    private LaneFacts _facts = new(new Dictionary<string, InstrumentSpec>(StringComparer.Ordinal), []);
    private string _anchor = "";
    private string? _whyNot;

    private LaneLife(
        LaneOptions options,
        LaneLines lines,
        LaneConfigurationFile file,
        Func<string, string?> variable,
        LaneStore store
    )
    {
        _options = options;
        _lines = lines;
        _file = file;
        _variable = variable;
        _store = store;
        _feed = new LaneFeed(options.FeedSocket, lines.Say);
        _desk = new VenueDesk(options.Network.Rest.Authority, options.Account is not null)
        {
            Noted = (code, text) => lines.Note(code, "", text),
            Said = lines.Say,
        };
    }

    /// <summary>Name of this start.</summary>
    public string Session { get; } = $"{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Environment.ProcessId}";

    /// <summary>A life that ends for other symbols has lasted at least this long.</summary>
    public TimeSpan LeastLength { get; private set; }

    /// <summary>What is watched, and what of it may be entered.</summary>
    public WatchlistState List => _list;

    /// <summary>Symbols by rank.</summary>
    public IReadOnlyList<string> Symbols => _engine!.Rules.Symbols;

    /// <summary>Id of the configuration.</summary>
    public string ConfigId => _engine!.Rules.ConfigId;

    /// <summary>The engine's thread.</summary>
    public EngineHost Host => _host!;

    /// <summary>How the engine stood a moment ago; null before it was looked at.</summary>
    public LaneSnapshot? Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The session with the venue is up.</summary>
    public bool IsSessionUp => _desk.IsUp;

    /// <summary>No feed answers, and one should.</summary>
    public bool IsFeedDown => _feed.IsDown;

    /// <summary>Age of the youngest price of any symbol, milliseconds.</summary>
    public long YoungestPriceMs => _market!.YoungestPriceMs;

    /// <summary>Age of the last price of a symbol, milliseconds.</summary>
    public long PriceAgeMs(string symbol) => _market!.PriceAgeMs(_engine!.RankOf(symbol));

    /// <summary>Symbols whose history is not complete.</summary>
    public IReadOnlyList<string> BarsAwaited => _bars.Waiting;

    /// <summary>Milliseconds since the kill switches were looked at.</summary>
    public long KillAgeMs => _kills!.AgeMs;

    /// <summary>Ends with the fault when something that must run does not.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Ends when other symbols are to be watched.</summary>
    public Task OtherSymbols => Volatile.Read(ref _otherSymbols).Task;

    /// <summary>Starts.</summary>
    /// <param name="options">The lane.</param>
    /// <param name="lines">Takes what is to be shown.</param>
    /// <param name="file">Its configuration.</param>
    /// <param name="variable">Value of a variable; null when it is not set.</param>
    /// <param name="before">What the life before it watched; null for a first one.</param>
    /// <param name="facts">What <see cref="RehearseAsync"/> of the life before it found; null asks the venue.</param>
    /// <exception cref="KedgeException">Somebody else trades there (exit 3), the configuration is wrong (exit 2), files or venue are not there (exit 4).</exception>
    public static async Task<LaneLife> StartAsync(
        LaneOptions options,
        LaneLines lines,
        LaneConfigurationFile file,
        Func<string, string?> variable,
        WatchlistState? before,
        LaneFacts? facts
    )
    {
        StrategyConfiguration first = LaneConfiguration.Load(options, file.Path, file.Good, null, variable);
        LaneLife life = new(options, lines, file, variable, LaneStore.Open(options, WallMs()));
        try
        {
            await life.ComposeAsync(first, before, facts).ConfigureAwait(false);
            return life;
        }
        catch
        {
            await life.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What is held stays watched; told again when it changes.</summary>
    public void Hold(IReadOnlyList<string> symbols) => _hub!.Hold(symbols);

    /// <summary>Stops in an order in which nothing is lost: first what brings prices, then the venue, whose last words are still handled, then engine and files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_edits is not null)
        {
            await _edits.DisposeAsync().ConfigureAwait(false);
        }

        if (_kills is not null)
        {
            await _kills.DisposeAsync().ConfigureAwait(false);
        }

        if (_funding is not null)
        {
            await _funding.DisposeAsync().ConfigureAwait(false);
        }

        await _bars.DisposeAsync().ConfigureAwait(false);
        if (_hub is not null)
        {
            await _hub.DisposeAsync().ConfigureAwait(false);
        }

        if (_venue is not null)
        {
            await _venue.DisposeAsync().ConfigureAwait(false);
        }

        _host?.Dispose();
        _engine?.Dispose();
        _store.Dispose();
    }

    private static long WallMs() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task ComposeAsync(StrategyConfiguration first, WatchlistState? before, LaneFacts? facts)
    {
        if (_store.Ledger.TakenOverFrom is { } dead)
        {
            _lines.Say("taken_over", $"the ledger was held by {dead}, which died; the lane goes on from what it wrote");
        }

        if (_store.Merged.Count > 0)
        {
            _lines.Say(
                "emergency_merged",
                $"{_store.Merged.Count} exits of the emergency file are in the ledger now; the venue is asked about them"
            );
        }

        _venue = new LaneVenue(_options, first.Settings.VenueWeightShare, _store.CursorAt(WallMs()), _desk);
        _facts = facts ?? await AskAsync().ConfigureAwait(false);
        LanePlan plan = LanePlan.Of(
            _options,
            _file,
            _facts,
            _store.Held(),
            before,
            _variable,
            problem => _lines.Warn("watchlist", problem)
        );
        _anchor = plan.Watch.Anchor;
        LeastLength = TimeSpan.FromSeconds(plan.Watch.RestartS);
        _list = plan.List;
        foreach (string warning in plan.Loaded.Warnings)
        {
            _lines.Say("configuration", warning);
        }

        _engine = new TradingEngine(LaneConfiguration.Settings(_options, plan.Loaded, plan.Strategies, _variable), plan.Rules);
        _host = MakeHost(_engine);
        Restore();
        _market = new LaneMarket(
            _engine.RankOf,
            plan.Rules.Symbols.Count,
            told => _host.Tell(told),
            _host.Price,
            plan.Rules.Main,
            _feed,
            WallMs(),
            _lines.Note
        );
        _kills = new KillWatcher(new KillSwitchSource(_variable), told => _host.Tell(told));
        _desk.Attach(told => _host.Tell(told));
        _host.Start();
        StartMarket(LaneConfiguration.Hub(_options, plan.Rules, plan.Loaded, plan.Strategies, plan.Watch, _variable));
        _kills.Start(Failed);
        _excluded = plan.Watch.Exclude;
        _edits = new ConfigurationWatcher(_file, plan.Loaded, Load, Take, _lines.Say, _lines.Warn);
        _edits.Start(Failed);
        Ended = Task.WhenAny(_host.Ended, _venue.Ended, _hub!.Ended).Unwrap();
    }

    /// <summary>Something beside the engine failed in a round; it goes on.</summary>
    private void Failed(string what) => _lines.Warn("round_failed", what);

    /// <summary>What is held, or on its way.</summary>
    private IReadOnlyList<string> Held() => Snapshot?.Held ?? _store.Held();

    private StrategyConfiguration Load(string? text) =>
        LaneConfiguration.Load(_options, _file.Path, text, _list.Watched, _variable);

    private async Task<LaneFacts> AskAsync()
    {
        VenueEvent.InstrumentsAnswered instruments = await _desk
            .AskAsync<VenueEvent.InstrumentsAnswered>(
                () => _venue!.Send(new VenueCommand.QueryInstruments()),
                a => a.Error is null && a.Instruments.Count > 0
            )
            .ConfigureAwait(false);
        VenueEvent.DayVolumesAnswered volumes = await _desk
            .AskAsync<VenueEvent.DayVolumesAnswered>(
                () => _venue!.Send(new VenueCommand.QueryDayVolumes()),
                a => a.Error is null && a.Volumes.Count > 0
            )
            .ConfigureAwait(false);
        return new LaneFacts(instruments.Instruments.ToDictionary(i => i.Symbol, StringComparer.Ordinal), volumes.Volumes);
    }

    private EngineHost MakeHost(TradingEngine engine) =>
        new(
            engine,
            new EngineDriverOptions
            {
                Ledger = _store.Ledger,
                Emergency = _store.Emergency,
                Journal = _store.OpenJournal(_options),
                Session = Session,
                Send = _venue!.Send,
                Load = _ => { },
                Heard = Hear,
            },
            new EngineHostOptions
            {
                Bars = _bars,
                Look = (looked, now) => Volatile.Write(ref _snapshot, LaneSnapshot.Of(looked, now)),
            }
        );

    private void Restore()
    {
        try
        {
            _engine!.Restore(_store.Image, _host!.ReadNow());
        }
        catch (InvalidDataException e)
        {
            throw KedgeException.Environment(
                $"{_options.Folder.Ledger}: holds a state that this version cannot read: {e.Message}; use the version that wrote it",
                e
            );
        }
    }

    private void StartMarket(HubSettings settings)
    {
        _hub = MarketDataHub.Start(
            new MarketDataHubOptions
            {
                Settings = settings,
                Folder = _options.CandleFolder,
                Listener = _market!,
                Feed = _options.FeedSocket is { } socket
                    ? listener =>
                        FeedClient.Start(
                            new FeedClientOptions { SocketPath = socket, Name = $"kedge-trade {_options.Lane}" },
                            listener
                        )
                    : null,
                History = listener =>
                {
                    _desk.Attach(listener);
                    return _venue!;
                },
                AskVolumes = () => _venue!.Send(new VenueCommand.QueryDayVolumes()),
                WatchlistChanged = OnWatchlist,
            }
        );
        _market!.Attach(_hub);

        // Exits are tested on these when there is no feed, or it has no price.
        _venue!.Send(new VenueCommand.Subscribe(Mids: true, [], []));
        _bars.Start(_hub, Failed);
        _funding = new FundingPoller(Symbols, _venue!.Send, told => _host!.Tell(told), TimeProvider.System);
        _desk.Funding = _funding.Take;
        _funding.Start(Failed);
    }

    private void Hear(EngineEffect effect)
    {
        if (LaneEvent.Of(effect, _engine!.Rules.Symbols, WallMs()) is { } told)
        {
            bool isOnlyWritten = _options.Mode == TradingMode.DryLive && told.Kind is ("order" or "cancel");
            _lines.Add(isOnlyWritten ? told with { Kind = "would_send" } : told);
        }
    }
}
