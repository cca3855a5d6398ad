using System.CommandLine;
using Kedge.Research.Replay;

namespace Kedge.Cli.Commands;

/// <summary>The options that say what to run on; shared by every verb that replays.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _config = Text("--config", "Configuration file (config/strategy_overrides.yaml)");
    private readonly Option<string?> _candles = Text("--candles-db", "Candle databases: files and folders, comma separated");
    private readonly Option<string?> _interval = Text("--interval", "Main interval (engine.interval, else 1h)");
    private readonly Option<string?> _exitCandles = Text("--exit-candles-db", "Candle databases of the exit series");
    private readonly Option<string?> _exitInterval = Text("--exit-interval", "Interval of the exit series");
    private readonly Option<string?> _entryCandles = Text("--entry-candles-db", "Candle databases of the entry series");
    private readonly Option<string?> _entryInterval = Text("--entry-interval", "Interval of the entry series");
    private readonly Option<string?> _funding = Text("--funding-db", "Funding database");
    private readonly Option<string?> _instruments = Text("--instruments", "Instrument metadata: lots, tiers, liquidation");
    private readonly Option<string?> _symbol = Text("--symbol", "Run one symbol only");
    private readonly Option<string?> _from = Text("--from", "First moment of the trade window");
    private readonly Option<string?> _to = Text("--to", "Last moment of the trade window");
    private readonly Option<double> _balance = NumberOptions.Decimal(
        "--initial-balance",
        "Wallet at the start, quote currency",
        10_000.0
    );
    private readonly Option<int> _lookback = NumberOptions.Whole(
        "--lookback",
        "Main bars a symbol must have before it may trade",
        200
    );
    private readonly Option<double?> _slippage = NumberOptions.Decimal("--slippage-bps", "Slippage of every fill, basis points");
    private readonly Option<string?> _initState = Text("--init-state", "Start with the positions of an init-state file");
    private readonly Option<string?> _balanceFrom = Text("--balance-from", "Take the wallet from the balance of a file");
    private readonly Option<bool> _universe = Flag("--universe-filter", "Keep only symbols listed in the window");
    private readonly Option<string?> _universeDb = Text(
        "--universe-db",
        "Universe database (universe_history.db beside the candles)"
    );
    private readonly Option<bool> _live = Flag("--live", "Apply the live section of the configuration");
    private readonly Option<string?> _mode = Text("--mode", "Apply a section of modes: primary, fallback, conservative, flat");
    private readonly Option<bool> _noAutoScope = Flag("--no-auto-scope", "Do not cut the window to what finer series cover");
    private readonly Option<bool> _noCache = Flag("--no-cache", "Read SQLite instead of the column cache");
    private readonly Option<bool> _lenient = Flag("--lenient", "Unknown configuration keys are warnings");
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Override a key: path=value (repeatable)",
        HelpName = "path=value",
    };

    /// <summary>Adds all options to a command.</summary>
    public RunOptions(Command command)
    {
        _from.Aliases.Add("--start-ts");
        _from.Aliases.Add("--from-ts");
        _to.Aliases.Add("--end-ts");
        _to.Aliases.Add("--to-ts");
        Option[] all =
        [
            _config,
            _candles,
            _interval,
            _exitCandles,
            _exitInterval,
            _entryCandles,
            _entryInterval,
            _funding,
            _instruments,
            _symbol,
            _from,
            _to,
            _balance,
            _lookback,
            _slippage,
            _initState,
            _balanceFrom,
            _universe,
            _universeDb,
            _live,
            _mode,
            _noAutoScope,
            _noCache,
            _lenient,
            _set,
        ];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether the command line gives the wallet at the start.</summary>
    public bool BalanceIsGiven(ParseResult result) => IsGiven(result, _balance) || IsGiven(result, _balanceFrom);

    /// <summary>Whether the command line gives the lookback.</summary>
    public bool LookbackIsGiven(ParseResult result) => IsGiven(result, _lookback);

    /// <summary>What was asked.</summary>
    public ReplayRequest Read(ParseResult result) =>
        new()
        {
            ConfigPath = result.GetValue(_config),
            CandlesDb = result.GetValue(_candles),
            Interval = result.GetValue(_interval),
            ExitCandlesDb = result.GetValue(_exitCandles),
            ExitInterval = result.GetValue(_exitInterval),
            EntryCandlesDb = result.GetValue(_entryCandles),
            EntryInterval = result.GetValue(_entryInterval),
            FundingDb = result.GetValue(_funding),
            Instruments = result.GetValue(_instruments),
            Symbol = result.GetValue(_symbol),
            From = result.GetValue(_from),
            To = result.GetValue(_to),
            InitialBalance = result.GetValue(_balance),
            Lookback = result.GetValue(_lookback),
            SlippageBps = result.GetValue(_slippage),
            InitState = result.GetValue(_initState),
            BalanceFrom = result.GetValue(_balanceFrom),
            UniverseFilter = result.GetValue(_universe),
            UniverseDb = result.GetValue(_universeDb),
            Live = result.GetValue(_live),
            Mode = result.GetValue(_mode),
            NoAutoScope = result.GetValue(_noAutoScope),
            NoCache = result.GetValue(_noCache),
            Lenient = result.GetValue(_lenient),
            Set = result.GetValue(_set) ?? [],
            Command = CommandText.Of(result.Tokens.Select(t => t.Value)),
            Version = About.Version,
        };

    private static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>An option with a text value.</summary>
    public static Option<string?> Text(string name, string description) =>
        new(name) { Description = description, HelpName = KindOf(name) };

    /// <summary>What to write after an option, for the help.</summary>
    private static string KindOf(string name) =>
        name switch
        {
            "--symbol" or "--mode" or "--lane" or "--operator" or "--id" or "--network" or "--account" or "--vault" => "name",
            "--from" or "--to" or "--at" or "--run-from" or "--run-to" => "time",
            "--reason" => "text",
            "--limit" => "price",
            "--leverage" or "--seed" => "number",
            "--tif" => "word",
            "--url" => "url",
            "--listen" => "address",
            "--dir" or "--db-dir" or "--archive-dir" => "folder",
            _ when name.EndsWith("interval", StringComparison.Ordinal) => "interval",
            _ when name.EndsWith("candles-db", StringComparison.Ordinal) => "paths",
            _ => "file",
        };

    /// <summary>An option without a value.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
