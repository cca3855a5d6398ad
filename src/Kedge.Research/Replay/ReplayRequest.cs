using Kedge.Trading.Strategies;

namespace Kedge.Research.Replay;

/// <summary>What a user asks of a replay, as typed; null means not given.</summary>
public sealed record ReplayRequest
{
    /// <summary>Configuration file; null for the default place, or built-in defaults when nothing is there.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>Main candle databases: files and folders, comma separated.</summary>
    public string? CandlesDb { get; init; }

    /// <summary>Main interval.</summary>
    public string? Interval { get; init; }

    /// <summary>Candle databases of the exit series.</summary>
    public string? ExitCandlesDb { get; init; }

    /// <summary>Interval of the exit series.</summary>
    public string? ExitInterval { get; init; }

    /// <summary>Candle databases of the entry series.</summary>
    public string? EntryCandlesDb { get; init; }

    /// <summary>Interval of the entry series.</summary>
    public string? EntryInterval { get; init; }

    /// <summary>Funding database.</summary>
    public string? FundingDb { get; init; }

    /// <summary>Instrument metadata file.</summary>
    public string? Instruments { get; init; }

    /// <summary>One symbol to reduce the run to.</summary>
    public string? Symbol { get; init; }

    /// <summary>First tick, as typed.</summary>
    public string? From { get; init; }

    /// <summary>Last tick, as typed.</summary>
    public string? To { get; init; }

    /// <summary>Wallet at the start, quote currency.</summary>
    public double InitialBalance { get; init; } = 10_000.0;

    /// <summary>Main bars a symbol must have before it may trade.</summary>
    public int Lookback { get; init; } = 200;

    /// <summary>Slippage that overrides the configuration, basis points.</summary>
    public double? SlippageBps { get; init; }

    /// <summary>Init-state file.</summary>
    public string? InitState { get; init; }

    /// <summary>File whose <c>balance</c> is the wallet at the start.</summary>
    public string? BalanceFrom { get; init; }

    /// <summary>Keep only symbols listed in the window.</summary>
    public bool UniverseFilter { get; init; }

    /// <summary>Universe database; null for the one beside the candles.</summary>
    public string? UniverseDb { get; init; }

    /// <summary>Apply the <c>live</c> layer.</summary>
    public bool Live { get; init; }

    /// <summary>Strategy mode whose layer applies.</summary>
    public string? Mode { get; init; }

    /// <summary>Do not cut the window to the coverage of the finer series.</summary>
    public bool NoAutoScope { get; init; }

    /// <summary>Read SQLite instead of the column cache.</summary>
    public bool NoCache { get; init; }

    /// <summary>Strategies that trade instead of the kernel's alone, each on its symbols; null for the kernel on all.</summary>
    public StrategySelection? Strategies { get; init; }

    /// <summary>Unknown configuration keys are warnings.</summary>
    public bool Lenient { get; init; }

    /// <summary>Overrides <c>path=value</c>, the last layer.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>The command that repeats the run.</summary>
    public string Command { get; init; } = "kedge replay";

    /// <summary>Version of the program.</summary>
    public string Version { get; init; } = "";
}
