using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>Everything the replay loop needs, resolved: no paths, no configuration layers.</summary>
public sealed record ReplayInput
{
    /// <summary>Main candles; their symbols are the run's symbols.</summary>
    public required ICandleSet Main { get; init; }

    /// <summary>Finer candles positions are tested on, or null. A symbol is tested on its main bars until its first one.</summary>
    public ICandleSet? Exit { get; init; }

    /// <summary>Finer candles entries are decided on, or null. A symbol is decided on its main bars until its first one.</summary>
    public ICandleSet? Entry { get; init; }

    /// <summary>Parameters by symbol rank.</summary>
    public required Parameters[] Parameters { get; init; }

    /// <summary>Parameters portfolio-wide keys are read from.</summary>
    public required Parameters Portfolio { get; init; }

    /// <summary>Venue rules by symbol rank, or null for none.</summary>
    public InstrumentTerms[]? Terms { get; init; }

    /// <summary>Funding by symbol rank, or null for none.</summary>
    public FundingSchedule[]? Funding { get; init; }

    /// <summary>Main bars a symbol must have before it may trade, ≥ 0.</summary>
    public required int Lookback { get; init; }

    /// <summary>First tick of the trade window, epoch ms.</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>Last tick of the trade window, epoch ms; nothing later is looked at.</summary>
    public long ToMs { get; init; } = long.MaxValue;

    /// <summary>Wallet at the start when there is no <see cref="InitState"/>.</summary>
    public required double InitialBalance { get; init; }

    /// <summary>Positions and cooldowns to start with, or null.</summary>
    public InitState? InitState { get; init; }

    /// <summary>Told now and then how far the run is, 0…1.</summary>
    public Action<double>? Progress { get; init; }
}
