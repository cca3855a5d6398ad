using Kedge.Configuration;
using Kedge.Data.Feed;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Trading;

/// <summary>Makes of file, environment and options what an engine and its hub are run with.</summary>
internal static class LaneConfiguration
{
    // Room for bars without trades at the end, and for a look-back that is not all history yet.
    private const int MoreBars = 50;
    private const int EntryBars = 50;
    private static readonly long FeedGraceMs = new FeedSettings().GraceMs;

    /// <summary>Every layer resolved: file, variables, then what was set on the command line.</summary>
    /// <param name="options">The lane.</param>
    /// <param name="path">What to call the file in messages.</param>
    /// <param name="text">Its text; null for the defaults.</param>
    /// <param name="symbols">Symbols of the lane; null when they are not known yet.</param>
    /// <param name="variable">Value of a variable; null when it is not set.</param>
    /// <exception cref="KedgeException">Something in it is wrong (exit 2), or limits of a lane with money are off (exit 3).</exception>
    public static StrategyConfiguration Load(
        LaneOptions options,
        string path,
        string? text,
        IReadOnlyList<string>? symbols,
        Func<string, string?> variable
    )
    {
        bool hasMoney = options.Mode != TradingMode.Paper;
        ConfigurationOptions layers = new()
        {
            Live = hasMoney,
            Mode = options.Section,
            Symbols = symbols,
            Defaults = [.. EnvironmentDefaults.Read(variable), .. hasMoney ? LiveDefaults.Read(variable) : []],
            Overrides = [.. EnvironmentOverrides.Read(variable), .. options.Set],
        };
        StrategyConfiguration loaded = text is null
            ? ConfigurationLoader.Defaults(layers)
            : ConfigurationLoader.Parse(text, path, layers);
        if (hasMoney)
        {
            RiskSettings.From(loaded).RequireForLive();
        }

        return loaded;
    }

    /// <summary>What is watched, as options, environment and configuration say.</summary>
    public static WatchlistRules Watchlist(LaneOptions options, StrategyConfiguration loaded, Func<string, string?> variable)
    {
        WatchlistRules rules = WatchlistRules.Read(variable, loaded.Settings.WatchlistExclude);
        return options.Symbols.Count > 0 ? rules with { Named = options.Symbols } : rules;
    }

    /// <summary>What the engine decides by.</summary>
    /// <param name="options">The lane.</param>
    /// <param name="loaded">Loaded for its symbols.</param>
    /// <param name="list">What is watched, and what of it may be entered.</param>
    /// <param name="instruments">What the venue says of them.</param>
    public static EngineRules Rules(
        LaneOptions options,
        StrategyConfiguration loaded,
        WatchlistState list,
        IReadOnlyDictionary<string, InstrumentSpec> instruments
    ) =>
        EngineRules.Of(loaded, list.Watched, instruments) with
        {
            Lookback = options.Lookback,
            // A feed hands a bar out when it is over beyond doubt; the grace of ticks begins then, or every bar would be late.
            CandleCloseGraceMs = FeedGraceMs + loaded.Settings.CandleCloseGraceMs,
            ExitOnly = [.. list.Watched.Except(list.Symbols, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };

    /// <summary>What the lane is.</summary>
    public static EngineSettings Settings(
        LaneOptions options,
        StrategyConfiguration loaded,
        StrategyBook? strategies,
        Func<string, string?> variable
    )
    {
        string? prefix = variable("AI_QUANT_OMS_CLOID_PREFIX");
        ClientOrderPrefix own = ClientOrderPrefix.Engine;
        if (!string.IsNullOrWhiteSpace(prefix) && !ClientOrderPrefix.TryParse(prefix.Trim(), out own))
        {
            throw KedgeException.Usage(
                $"AI_QUANT_OMS_CLOID_PREFIX: '{prefix}' is neither four characters nor 0x and eight digits"
            );
        }

        return new EngineSettings
        {
            Lane = options.Lane,
            Account = options.AccountName,
            ClientOrderPrefix = own,
            Mode = options.Mode,
            Risk = RiskSettings.From(loaded),
            Live = LiveSettings.From(loaded),
            Strategies = strategies,
            PaperBalance = options.PaperBalance,
            WarmUpBars = Lookback(options, strategies) + MoreBars,
        };
    }

    /// <summary>What the hub keeps: the look-back of the main series, and some bars of the entry series.</summary>
    public static HubSettings Hub(
        LaneOptions options,
        EngineRules rules,
        StrategyConfiguration loaded,
        StrategyBook? strategies,
        WatchlistRules watchlist,
        Func<string, string?> variable
    )
    {
        List<HubSeriesSpec> series = [new(rules.Main, Lookback(options, strategies))];
        if (rules.Entry is { } entry && entry != rules.Main)
        {
            series.Add(new HubSeriesSpec(entry, EntryBars));
        }

        return HubSettings.Read(variable) with
        {
            Series = series,
            SignalOnCandleClose = rules.Portfolio.SignalOnCandleClose,
            GraceMs = loaded.Settings.CandleCloseGraceMs,
            Watchlist = watchlist,
        };
    }

    private static int Lookback(LaneOptions options, StrategyBook? strategies)
    {
        int windows = (strategies?.Assignments ?? []).Select(a => a.Strategy.Window).DefaultIfEmpty(0).Max();
        return Math.Min(5_000, Math.Max(options.Lookback, windows));
    }
}
