using System.CommandLine;
using Kedge.Cli.Hosting;
using Kedge.Cli.Strategies;
using Kedge.Cli.Trading;
using Kedge.Configuration;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge trade</c>: runs a lane on paper, dry or live, and tells a running one what to do.</summary>
internal static class TradeCommand
{
    private const int MaxLookback = 5_000;

    public static Command Build()
    {
        Command command = new("trade", "Trade one account by one configuration until Ctrl-C: on paper, dry, or live");
        foreach (Command verb in TradeOperatorCommands.Build())
        {
            command.Subcommands.Add(verb);
        }

        AddRun(command);
        return command;
    }

    internal static Option<string?> Lane() => RunOptions.Text("--lane", "Name of the lane (the mode: paper, dry_live or live)");

    internal static Option<string?> Folder() => RunOptions.Text("--dir", "Folder of the lane (lanes/NAME)");

    /// <summary>The folder of a lane.</summary>
    internal static LaneFolder FolderOf(string? folder, string lane) => new(folder ?? Path.Combine("lanes", lane));

    /// <summary>Checks a name: it is part of paths and of the ledger.</summary>
    internal static string NameOf(string name) =>
        name.Length is > 0 and <= 32 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? name
            : throw KedgeException.Usage($"--lane: '{name}' must be 1 to 32 letters, digits, - and _");

    private static void AddRun(Command command)
    {
        Option<string> mode = new("--mode") { Description = "paper, dry_live or live", DefaultValueFactory = _ => "paper" };
        Option<string?> config = RunOptions.Text("--config", "Configuration file (config/strategy_overrides.yaml)");
        Option<string?> interval = RunOptions.Text("--interval", "Main interval (engine.interval, else 1h)");
        Option<string[]> set = new("--set") { Description = "Override a key: path=value (repeatable)", HelpName = "path=value" };
        Option<string?> section = RunOptions.Text(
            "--strategy-mode",
            "Apply a section of modes: primary, fallback, conservative, flat (AI_QUANT_STRATEGY_MODE)"
        );
        Option<string[]> symbols = FeedCommand.Symbols("Symbols to trade (AI_QUANT_SYMBOLS, else the most traded)");
        Option<string?> lane = Lane();
        Option<string?> folder = Folder();
        Option<string> venue = new("--venue") { Description = "hyperliquid", DefaultValueFactory = _ => "hyperliquid" };
        Option<string?> url = RunOptions.Text("--url", "mainnet, testnet, or an address such as http://127.0.0.1:3001 (mainnet)");
        Option<string?> candles = RunOptions.Text("--db-dir", $"Folder of the candle databases ({FeedCommand.DefaultFolder})");
        Option<string?> socket = FeedCommand.Socket();
        Option<bool> noFeed = RunOptions.Flag("--no-feed", "Use databases and venue alone");
        Option<int> lookback = NumberOptions.Whole("--lookback", "Main bars a symbol must have before it may trade", 200);
        Option<double> balance = NumberOptions.Decimal(
            "--initial-balance",
            "Wallet of a new paper lane, quote currency",
            10_000.0
        );
        Option<string[]> strategies = new("--strategy")
        {
            Description = "Strategy that trades, on all symbols or on its own: NAME or NAME=SYMBOL,SYMBOL (repeatable)",
            HelpName = "name",
        };
        Option<string[]> settings = new("--strategy-set")
        {
            Description = "Parameter of a strategy: NAME.key=value (repeatable)",
            HelpName = "name.key=value",
        };
        Option<string?> assembly = RunOptions.Text("--strategy-assembly", "Assembly with strategies of your own");
        Option<string?> account = RunOptions.Text("--account", "Account that is traded for, 0x…; never an agent's address");
        Option<string?> vault = RunOptions.Text("--vault", "Sub-account or vault that is traded for instead, 0x…");
        Option<string?> secrets = RunOptions.Text("--secrets", $"Secrets file with key and account ({LaneKeys.SecretsVariable})");
        Option<string?> keystore = RunOptions.Text("--keystore", "Keystore with the key");
        Option<string?> password = RunOptions.Text(
            "--password-file",
            $"File with the password, else {SecretInput.PasswordVariable}, else a prompt"
        );
        Option<string?> shared = RunOptions.Text(
            "--state-dir",
            "Folder of account locks and nonces, one for all lanes (kedge/state in the user's configuration folder)"
        );
        Option<string?> metrics = RunOptions.Text(
            "--metrics",
            "Answer /health and /metrics at an address such as 127.0.0.1:9465 (off)"
        );
        Option<string?> log = RunOptions.Text("--log", "Append events to a file, one JSON object a line");
        Option<bool> json = RunOptions.Flag("--json", "A JSON line on standard output for each event");
        Option<bool> quiet = RunOptions.Flag("--quiet", "Say nothing but failures");
        Option[] what = [mode, config, interval, set, section, symbols, lane, folder, venue, url, candles, socket, noFeed];
        Option[] how = [lookback, balance, strategies, settings, assembly, account, vault, secrets, keystore, password, shared];
        Option[] shown = [metrics, log, json, quiet];
        foreach (Option option in (Option[])[.. what, .. how, .. shown])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            Func<string, string?> variable = Environment.GetEnvironmentVariable;
            TradingMode traded = ModeOf(parsed.GetValue(mode)!);
            string name = NameOf(parsed.GetValue(lane) ?? LaneOptions.NameOf(traded));
            string databases = parsed.GetValue(candles) ?? FeedCommand.DefaultFolder;
            int bars = parsed.GetValue(lookback);
            if (bars is < 1 or > MaxLookback)
            {
                throw KedgeException.Usage($"--lookback: {bars} must be 1 to {MaxLookback}");
            }

            return LaneRunner.Run(
                new LaneOptions
                {
                    Mode = traded,
                    Lane = name,
                    Folder = FolderOf(parsed.GetValue(folder), name),
                    Network = FeedCommand.NetworkOf(parsed.GetValue(venue)!, parsed.GetValue(url) ?? "mainnet"),
                    CandleFolder = databases,
                    FeedSocket = parsed.GetValue(noFeed) ? null : FeedSocketPath.Resolve(parsed.GetValue(socket), databases),
                    ConfigPath = parsed.GetValue(config),
                    Set = Overrides(parsed.GetValue(interval), parsed.GetValue(set)),
                    Section = StrategyModes.Parse(parsed.GetValue(section) ?? NotEmpty(variable("AI_QUANT_STRATEGY_MODE"))),
                    Symbols = FeedCommand.Split(parsed.GetValue(symbols)),
                    Strategies = StrategiesOf(parsed.GetValue(strategies), parsed.GetValue(settings), parsed.GetValue(assembly)),
                    PaperBalance = parsed.GetValue(balance),
                    Lookback = bars,
                    Account = AccountOf(traded, parsed, (account, vault, secrets, keystore, password), variable),
                    SharedFolder = parsed.GetValue(shared) ?? DefaultShared(),
                    Metrics = parsed.GetValue(metrics) is { } address ? MetricsEndpoint.Parse(address, "--metrics") : null,
                    Log = parsed.GetValue(log),
                    Json = parsed.GetValue(json),
                    Quiet = parsed.GetValue(quiet),
                }
            );
        });
    }

    private static TradingMode ModeOf(string text) =>
        text switch
        {
            "paper" => TradingMode.Paper,
            "dry_live" => TradingMode.DryLive,
            "live" => TradingMode.Live,
            _ => throw KedgeException.Usage($"--mode: '{text}' is not known; there are paper, dry_live, live"),
        };

    private static LaneAccount? AccountOf(
        TradingMode mode,
        ParseResult parsed,
        (
            Option<string?> Account,
            Option<string?> Vault,
            Option<string?> Secrets,
            Option<string?> Keystore,
            Option<string?> Password
        ) of,
        Func<string, string?> variable
    )
    {
        string? account = parsed.GetValue(of.Account);
        string? vault = parsed.GetValue(of.Vault);
        string? secrets = parsed.GetValue(of.Secrets);
        switch (mode)
        {
            case TradingMode.Paper:
                return null;
            case TradingMode.DryLive:
                return LaneKeys.ToWatch(account, vault, secrets, variable);
            default:
                LaneKeys.RequireConsent(variable);
                return LaneKeys.ToTrade(
                    account,
                    vault,
                    secrets,
                    parsed.GetValue(of.Keystore),
                    parsed.GetValue(of.Password),
                    variable
                );
        }
    }

    internal static List<ConfigurationOverride> Overrides(string? interval, string[]? set)
    {
        List<ConfigurationOverride> overrides = [.. (set ?? []).Select(text => ConfigurationOverride.Parse(text))];
        if (interval is not null)
        {
            overrides.Add(new ConfigurationOverride("engine.interval", interval, "--interval"));
        }

        return overrides;
    }

    private static StrategySelection? StrategiesOf(string[]? strategies, string[]? settings, string? assembly)
    {
        if (strategies is not { Length: > 0 })
        {
            return settings is { Length: > 0 } || assembly is not null
                ? throw KedgeException.Usage(
                    "--strategy-set and --strategy-assembly need --strategy: name the strategy that trades"
                )
                : null;
        }

        return StrategySelection.Parse(StrategyAssembly.Registry(assembly), strategies, settings ?? []);
    }

    private static string DefaultShared() =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "kedge",
            "state"
        );

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
