using System.Net;
using Kedge.Configuration;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Trading;

/// <summary>What a lane is run with.</summary>
internal sealed record LaneOptions
{
    /// <summary>Where orders go.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>Its name.</summary>
    public required string Lane { get; init; }

    /// <summary>Its files.</summary>
    public required LaneFolder Folder { get; init; }

    /// <summary>The venue.</summary>
    public required NetworkEndpoint Network { get; init; }

    /// <summary>Candle databases, which a feed keeps.</summary>
    public required string CandleFolder { get; init; }

    /// <summary>Socket of the feed; null for none.</summary>
    public string? FeedSocket { get; init; }

    /// <summary>Configuration file; null for the usual one, or the defaults where that is missing.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>Values that beat the file and the environment.</summary>
    public IReadOnlyList<ConfigurationOverride> Set { get; init; } = [];

    /// <summary>Section of <c>modes</c>; null for none.</summary>
    public StrategyMode? Section { get; init; }

    /// <summary>Symbols named one by one; empty to read them from the environment, or to choose by volume.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Strategies behind the port; null for the kernel's rules alone.</summary>
    public StrategySelection? Strategies { get; init; }

    /// <summary>Wallet of a paper account that has no ledger yet.</summary>
    public double PaperBalance { get; init; } = 10_000.0;

    /// <summary>Main bars a symbol must have before it may trade.</summary>
    public int Lookback { get; init; } = 200;

    /// <summary>The account and its key; null on paper. The runner disposes it.</summary>
    public LaneAccount? Account { get; init; }

    /// <summary>Folder of account locks and nonces, one for all lanes of this user.</summary>
    public required string SharedFolder { get; init; }

    /// <summary>Where health and metrics are answered; null for nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }

    /// <summary>File of the log; null for none.</summary>
    public string? Log { get; init; }

    /// <summary>JSON lines on standard output.</summary>
    public bool Json { get; init; }

    /// <summary>Nothing on standard error but failures.</summary>
    public bool Quiet { get; init; }

    /// <summary>The mode as it is written.</summary>
    public string ModeName => NameOf(Mode);

    /// <summary>Account in the ledger: the address that is traded for, or the name of the paper account.</summary>
    public string AccountName => Account is { } account ? account.Traded.ToString() : $"paper:{Lane}";

    /// <summary>How a mode is written.</summary>
    public static string NameOf(TradingMode mode) =>
        mode switch
        {
            TradingMode.Paper => "paper",
            TradingMode.DryLive => "dry_live",
            _ => "live",
        };
}
