using Kedge.Configuration;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Simulation.Trading;
using Kedge.Trading.Risk;

namespace Kedge.Cli.Simulate;

/// <summary>Somebody's configuration, made into a lane of the simulation; and what of it cannot apply there.</summary>
internal static class SimulatedConfiguration
{
    /// <summary>Reads a configuration as a lane does: file, variables, then what was set on the command line.</summary>
    /// <param name="path">The file; null for the usual one, or the defaults where that is missing.</param>
    /// <param name="symbols">Names of the instruments that are generated.</param>
    /// <param name="set">Values that beat everything else.</param>
    /// <param name="isLive">The section <c>live</c> and the defaults of a lane with money apply.</param>
    /// <param name="lookback">Main bars a symbol must have before it may trade.</param>
    /// <param name="variable">Value of a variable; null when it is not set.</param>
    /// <exception cref="KedgeException">Something in it is wrong (exit 2), or the file cannot be read (exit 4).</exception>
    public static LaneSetup Load(
        string? path,
        IReadOnlyList<string> symbols,
        IReadOnlyList<ConfigurationOverride> set,
        bool isLive,
        int lookback,
        Func<string, string?> variable
    )
    {
        string[] sorted = [.. symbols.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (sorted.Length is 0 or > LaneSetup.MaxSymbols)
        {
            throw KedgeException.Usage($"--symbols: {sorted.Length} are named; 1 to {LaneSetup.MaxSymbols} are simulated");
        }

        ConfigurationOptions layers = new()
        {
            Live = isLive,
            Symbols = sorted,
            Defaults = [.. EnvironmentDefaults.Read(variable), .. isLive ? LiveDefaults.Read(variable) : []],
            Overrides = [.. EnvironmentOverrides.Read(variable), .. set],
        };
        StrategyConfiguration loaded =
            path is not null || File.Exists(ReplaySetup.DefaultConfigPath)
                ? ConfigurationLoader.Load(path ?? ReplaySetup.DefaultConfigPath, layers)
                : ConfigurationLoader.Defaults(layers);
        if (loaded.Settings.MainInterval.Ms > LaneSetup.MaxInterval.Ms)
        {
            throw KedgeException.Usage(
                $"engine.interval is {loaded.Settings.MainInterval}: the longest that is simulated is {LaneSetup.MaxInterval}; give another with --interval"
            );
        }

        return new LaneSetup
        {
            Symbols = sorted,
            Configuration = loaded,
            Lookback = lookback,
        };
    }

    /// <summary>What of a configuration does not apply, or applies otherwise than in a lane; one line each, for people.</summary>
    public static IReadOnlyList<string> Notes(LaneSetup setup, bool isLive, bool isEager)
    {
        StrategyConfiguration loaded = setup.Configuration;
        PortfolioSettings settings = loaded.Settings;
        List<string> notes =
        [
            $"{string.Join(", ", setup.Symbols)} {(setup.Symbols.Count == 1 ? "is a generated instrument of this name" : "are generated instruments of these names")}: prices, lots and leverage tiers are made up, the watchlist of a lane is not used",
            "prices come once a minute, and each second while the market jumps; one counts as fresh for 70 s, and what is held is looked at every 15 s",
            "fees and fills are the simulated exchange's: trade.taker_fee_bps and trade.slippage_bps are only what the engine expects",
        ];
        string[] unused = [.. loaded.Symbols.Except(setup.Symbols, StringComparer.Ordinal)];
        Add(unused.Length > 0, $"symbols: settings of {string.Join(", ", unused)} are not used; name them with --symbols");
        Add(settings.WatchlistExclude.Count > 0, "watchlist_exclude is not used: what trades is named by --symbols");
        Add(
            settings.ExitInterval is not null,
            $"engine.exit_interval ({settings.ExitIntervalText}) is not used: as in a lane, exits are tested at prices"
        );
        Add(
            isEager,
            "--eager: what decides on entries (thresholds, filters, windows, cooldown) is not the configuration's; limits, sizes and exits are"
        );
        Add(
            !isLive,
            "the section live and the defaults of a lane with money (one position, orders of 15 USD) are not applied; --live applies them"
        );
        RiskSettings risk = RiskSettings.From(loaded);
        Add(
            risk.MaxDailyLossPct <= 0.0 || risk.MaxDrawdownPct <= 0.0 || risk.MaxExposure <= 0.0,
            "a lane with money would not start: risk.max_daily_loss_pct, risk.max_drawdown_pct or risk.max_exposure is 0"
        );
        notes.AddRange(loaded.Warnings);
        return notes;

        void Add(bool applies, string note)
        {
            if (applies)
            {
                notes.Add(note);
            }
        }
    }
}
