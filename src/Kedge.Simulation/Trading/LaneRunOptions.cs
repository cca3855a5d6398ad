using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>One run of a scenario.</summary>
public sealed record LaneRunOptions
{
    /// <summary>Decides everything.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Hours with faults; ≥ 1.</summary>
    public long Hours { get; init; } = 24;

    /// <summary>What goes wrong.</summary>
    public LaneFaults Faults { get; init; } = LaneFaults.Day;

    /// <summary>Each so-manieth seed plays <see cref="LaneFaults.Hot"/> instead; 0 for none.</summary>
    public int HotEvery { get; init; }

    /// <summary>What goes wrong with this seed.</summary>
    public LaneFaults FaultsOfSeed => HotEvery > 0 && Seed % (ulong)HotEvery == 0 ? LaneFaults.Hot : Faults;

    /// <summary>Configuration beside the defaults, as <c>path=value</c>; null for the one of <see cref="LaneScenarioOptions"/>.</summary>
    public IReadOnlyList<string>? Overrides { get; init; }

    /// <summary>A lane of somebody's own; null for the one of <see cref="LaneScenarioOptions"/>.</summary>
    public LaneSetup? Setup { get; init; }

    /// <summary>What the account begins with, USD.</summary>
    public long DepositUsd { get; init; } = 20_000;

    /// <summary>Stops the run between two events.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Hears each simulated hour which share of <see cref="Hours"/> is played, 0…1.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Sees every event, fault, input and effect.</summary>
    public Action<SimTraceEntry>? Trace { get; init; }
}
