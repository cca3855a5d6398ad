using System.CommandLine;
using Kedge.Cli.Commands;
using Kedge.Configuration;
using Kedge.Data;
using Kedge.Data.Instruments;
using Kedge.Model;
using Kedge.Research.Audit;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Audit;

/// <summary>The options that say what a session is held against; what is not named is taken from its journal.</summary>
internal sealed class ParityOptions
{
    private readonly Option<string?> _candles = RunOptions.Text(
        "--candles-db",
        "Candle databases: files and folders, comma separated"
    );
    private readonly Option<string?> _interval = RunOptions.Text("--interval", "Main interval (the session's)");
    private readonly Option<string?> _exitCandles = RunOptions.Text("--exit-candles-db", "Candle databases of the exit series");
    private readonly Option<string?> _exitInterval = RunOptions.Text(
        "--exit-interval",
        "Interval of the exit series (the session's)"
    );
    private readonly Option<string?> _entryCandles = RunOptions.Text(
        "--entry-candles-db",
        "Candle databases of the entry series"
    );
    private readonly Option<string?> _entryInterval = RunOptions.Text(
        "--entry-interval",
        "Interval of the entry series (the session's)"
    );
    private readonly Option<string?> _funding = RunOptions.Text("--funding-db", "Funding database");
    private readonly Option<string?> _instruments = RunOptions.Text("--instruments", "Instrument metadata");
    private readonly Option<string?> _config = RunOptions.Text("--config", "Configuration file");
    private readonly Option<string?> _mode = RunOptions.Text(
        "--mode",
        "Apply a section of modes: primary, fallback, conservative, flat"
    );
    private readonly Option<bool> _live = RunOptions.Flag("--live", "Apply the live section of the configuration");
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Override a key: path=value (repeatable)",
        HelpName = "path=value",
    };

    /// <summary>Adds them to a command.</summary>
    public ParityOptions(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                _candles,
                _interval,
                _exitCandles,
                _exitInterval,
                _entryCandles,
                _entryInterval,
                _funding,
                _instruments,
                _config,
                _mode,
                _live,
                _set,
            }
        )
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Opens what was named.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="session">Rules of the session, for intervals that are not named.</param>
    /// <exception cref="KedgeException">Something of it cannot be read, or does not go together.</exception>
    public ParityDatabases Open(ParseResult parsed, EngineRules session)
    {
        ParityDatabases opened = new();
        try
        {
            Add(opened, parsed.GetValue(_candles), parsed.GetValue(_interval) ?? session.Main.Name, "--candles-db");
            Add(opened, parsed.GetValue(_exitCandles), parsed.GetValue(_exitInterval) ?? session.Exit?.Name, "--exit-candles-db");
            Add(
                opened,
                parsed.GetValue(_entryCandles),
                parsed.GetValue(_entryInterval) ?? session.Entry?.Name,
                "--entry-candles-db"
            );
            string? funding = parsed.GetValue(_funding);
            Func<EngineRules, EngineRules>? rules = Rules(parsed);
            if (opened.Candles.Count > 0 || funding is not null || rules is not null)
            {
                opened.Data = new ParityData
                {
                    Candles = opened.Candles,
                    Funding = funding is null ? null : FundingStore.Load(funding),
                    Rules = rules,
                };
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static void Add(ParityDatabases opened, string? paths, string? interval, string option)
    {
        if (paths is null)
        {
            return;
        }

        if (interval is null)
        {
            throw KedgeException.Usage(
                $"{option} needs its interval: add {option.Replace("candles-db", "interval", StringComparison.Ordinal)}"
            );
        }

        opened.Candles.Add(
            CandleStore.Open(paths, Interval.Parse(interval), new CandleOpenOptions(true, Cancellation: Interruption.Token))
        );
    }

    private Func<EngineRules, EngineRules>? Rules(ParseResult parsed)
    {
        string? path = parsed.GetValue(_config);
        string? instruments = parsed.GetValue(_instruments);
        string[] set = parsed.GetValue(_set) ?? [];
        if (path is null && (set.Length > 0 || parsed.GetValue(_live) || parsed.GetValue(_mode) is not null))
        {
            throw KedgeException.Usage(
                "--set, --live and --mode need --config: name the configuration the session is held against"
            );
        }

        if (path is null && instruments is null)
        {
            return null;
        }

        Dictionary<string, InstrumentSpec>? specs = instruments is null
            ? null
            : InstrumentFile.Load(instruments).ToDictionary(s => s.Symbol, StringComparer.Ordinal);
        string? text = path is null ? null : ConfigurationLoader.Read(path);
        return session =>
        {
            EngineRules now = session;
            if (path is not null)
            {
                StrategyConfiguration configuration = ConfigurationLoader.Parse(
                    text!,
                    path,
                    new ConfigurationOptions
                    {
                        Live = parsed.GetValue(_live),
                        Mode = StrategyModes.Parse(parsed.GetValue(_mode)),
                        Symbols = session.Symbols,
                        Overrides = [.. set.Select(s => ConfigurationOverride.Parse(s))],
                    }
                );
                now = now with
                {
                    Parameters = [.. session.Symbols.Select(configuration.For)],
                    Portfolio = configuration.Portfolio,
                    ConfigId = configuration.ConfigId,
                };
            }

            return specs is null
                ? now
                : now with
                {
                    Terms =
                    [
                        .. session.Symbols.Select(s => specs.TryGetValue(s, out InstrumentSpec? spec) ? spec.ToTerms() : default),
                    ],
                };
        };
    }
}
