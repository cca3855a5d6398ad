using Kedge.Configuration;
using Kedge.Data;
using Kedge.Data.Instruments;
using Kedge.Data.Universe;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>A request resolved: candles opened, configuration layered, window cut. Dispose it after the result was reported.</summary>
public sealed class ReplaySetup : IDisposable
{
    /// <summary>Where the configuration is looked for when none is named.</summary>
    public const string DefaultConfigPath = "config/strategy_overrides.yaml";

    private readonly List<IDisposable> _owned = [];
    private string? _configurationText;

    private readonly CancellationToken _cancellation;

    private ReplaySetup(ReplayRequest request, CancellationToken cancellation)
    {
        Request = request;
        _cancellation = cancellation;
    }

    /// <summary>What was asked.</summary>
    public ReplayRequest Request { get; }

    /// <summary>The effective configuration.</summary>
    public StrategyConfiguration Configuration { get; private set; } = null!;

    /// <summary>What the loop runs on.</summary>
    public ReplayInput Input { get; private set; } = null!;

    /// <summary>What a reader of the result must know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Hash over all candle and funding bytes used.</summary>
    public string DataHash { get; private set; } = "";

    /// <summary>Resolves a request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellation">Stops the reading of candles.</param>
    /// <exception cref="KedgeException">Anything that keeps the run from starting, in one line.</exception>
    public static ReplaySetup Open(ReplayRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ReplaySetup setup = new(request, cancellation);
        try
        {
            setup.Resolve();
            return setup;
        }
        catch
        {
            setup.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }

        _owned.Clear();
    }

    private void Resolve()
    {
        Validate();
        StrategyConfiguration unresolved = LoadConfiguration(null);
        SeriesRequest main = SeriesRequest.Main(Request, unresolved);
        SeriesRequest? exit = SeriesRequest.Finer(
            "exit",
            Request.ExitCandlesDb,
            Request.ExitInterval,
            unresolved.Settings.ExitInterval,
            main.Interval
        );
        SeriesRequest? entry = SeriesRequest.Finer(
            "entry",
            Request.EntryCandlesDb,
            Request.EntryInterval,
            unresolved.Settings.EntryInterval,
            main.Interval
        );

        ICandleSet mainSet = OpenSet(main)!;
        ICandleSet? exitSet = OpenSet(exit);
        ICandleSet? entrySet = entry is { } e && exit is { } x && e == x ? exitSet : OpenSet(entry);
        TradeWindow window = TradeWindow.Of(
            mainSet,
            exitSet,
            entrySet,
            Request.From is null ? null : Timestamp.Parse(Request.From, "--from"),
            Request.To is null ? null : Timestamp.Parse(Request.To, "--to"),
            !Request.NoAutoScope
        );
        unresolved.RequireReplayable();
        mainSet = Restrict(mainSet, main.Paths, window);
        if (mainSet.Symbols.Count == 0)
        {
            throw KedgeException.Usage("no symbol is left to run; check --symbol, --universe-filter and the candle database");
        }

        HashSet<string> symbols = new(mainSet.Symbols, StringComparer.Ordinal);
        bool sameSeries = ReferenceEquals(exitSet, entrySet);
        exitSet = exitSet?.Select(symbols);
        entrySet = sameSeries ? exitSet : entrySet?.Select(symbols);
        Configuration = LoadConfiguration(mainSet.Symbols);
        Notes.AddRange(Configuration.Warnings);
        FundingSchedule[]? funding = LoadFunding(mainSet.Symbols, out string fundingHash);
        InstrumentTerms[]? terms = LoadTerms(mainSet.Symbols);
        Input = new ReplayInput
        {
            Main = mainSet,
            Exit = exitSet,
            Entry = entrySet,
            Parameters = [.. mainSet.Symbols.Select(Configuration.For)],
            Portfolio = Configuration.Portfolio,
            Terms = terms,
            Funding = funding,
            Lookback = Request.Lookback,
            FromMs = window.FromMs,
            ToMs = window.ToMs,
            InitialBalance = Balance(),
            InitState = Request.InitState is null ? null : InitStateFile.Load(Request.InitState, mainSet.Symbols, Notes),
        };
        DataHash = CombinedHash.Of(
            mainSet,
            exitSet,
            entrySet,
            fundingHash,
            CombinedHash.OfFile(Request.Instruments),
            CombinedHash.OfFile(Request.InitState ?? Request.BalanceFrom)
        );
        DataNotes.Describe(Input, Notes);
    }

    private void Validate()
    {
        if (!(Request.InitialBalance > 0.0) || !double.IsFinite(Request.InitialBalance))
        {
            throw KedgeException.Usage($"--initial-balance must be a number greater than 0, not {Request.InitialBalance}");
        }

        if (Request.Lookback < 0)
        {
            throw KedgeException.Usage($"--lookback must be 0 or more, not {Request.Lookback}");
        }

        if (Request.SlippageBps is { } bps && !double.IsFinite(bps))
        {
            throw KedgeException.Usage("--slippage-bps must be a number");
        }
    }

    private double Balance() => Request.BalanceFrom is { } file ? InitStateFile.LoadBalance(file) : Request.InitialBalance;

    private StrategyConfiguration LoadConfiguration(IReadOnlyList<string>? symbols)
    {
        List<ConfigurationOverride> overrides = [.. Request.Set.Select(s => ConfigurationOverride.Parse(s))];
        if (Request.SlippageBps is { } bps)
        {
            string value = Math.Max(bps, 0.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            overrides.Add(new ConfigurationOverride("trade.slippage_bps", value, "--slippage-bps"));
        }

        ConfigurationOptions options = new()
        {
            Lenient = Request.Lenient,
            Live = Request.Live,
            Mode = StrategyModes.Parse(Request.Mode),
            Symbols = symbols,
            Overrides = overrides,
        };
        string path = Request.ConfigPath ?? DefaultConfigPath;
        if (Request.ConfigPath is null && !File.Exists(path))
        {
            if (symbols is not null)
            {
                Notes.Add($"no {DefaultConfigPath} here: built-in defaults");
            }

            return ConfigurationLoader.Defaults(options);
        }

        // Read once: the file may be edited between the two passes.
        _configurationText ??= ConfigurationLoader.Read(path);
        return ConfigurationLoader.Parse(_configurationText, path, options);
    }

    private ICandleSet? OpenSet(SeriesRequest? series)
    {
        if (series is not { } request)
        {
            return null;
        }

        ICandleSet set = CandleStore.Open(
            request.Paths,
            request.Interval,
            new CandleOpenOptions(!Request.NoCache, Cancellation: _cancellation)
        );
        _owned.Add(set);
        return set;
    }

    private ICandleSet Restrict(ICandleSet main, string candlePaths, TradeWindow window)
    {
        ICandleSet set = main;
        if (Request.Symbol is { } symbol)
        {
            set = set.Select(new HashSet<string>(StringComparer.Ordinal) { main.Find(symbol) });
        }

        if (Request.Strategies is { } strategies)
        {
            set = set.Select(new HashSet<string>(strategies.Claimed(set.Symbols), StringComparer.Ordinal));
        }

        if (Request.UniverseFilter)
        {
            string database = Request.UniverseDb ?? UniverseStore.DefaultPath(candlePaths);
            set = set.Select(UniverseStore.Active(database, window.FromMs, window.ToMs));
        }

        return set;
    }

    private FundingSchedule[]? LoadFunding(IReadOnlyList<string> symbols, out string hash)
    {
        hash = "";
        if (Request.FundingDb is null)
        {
            return null;
        }

        IReadOnlyList<FundingSeries> series = FundingStore.Load(Request.FundingDb);
        hash = CombinedHash.OfFunding(series, symbols);
        Dictionary<string, FundingSeries> bySymbol = series.ToDictionary(s => s.Symbol, StringComparer.Ordinal);
        return
        [
            .. symbols.Select(s => bySymbol.TryGetValue(s, out FundingSeries? f) ? FundingSchedule.Of(f) : FundingSchedule.Empty),
        ];
    }

    private InstrumentTerms[]? LoadTerms(IReadOnlyList<string> symbols)
    {
        if (Request.Instruments is null)
        {
            Notes.Add(
                "no instrument metadata (--instruments): no lot or price rounding, no venue minimum, no leverage tiers, no liquidation"
            );
            return null;
        }

        Dictionary<string, InstrumentSpec> specs = InstrumentFile
            .Load(Request.Instruments)
            .ToDictionary(s => s.Symbol, StringComparer.Ordinal);
        string[] missing = [.. symbols.Where(s => !specs.ContainsKey(s))];
        if (missing.Length > 0)
        {
            Notes.Add($"no instrument metadata for {string.Join(", ", missing)}");
        }

        return [.. symbols.Select(s => specs.TryGetValue(s, out InstrumentSpec? spec) ? spec.ToTerms() : default)];
    }
}
