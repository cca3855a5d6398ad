using Kedge.Simulation.Faults;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Worlds;

/// <summary>How a simulated world is made.</summary>
internal sealed record SimulatedWorldOptions
{
    public ulong Seed { get; init; } = 1;

    /// <summary>Faults of wire and processes.</summary>
    public FaultPlan Plan { get; init; } = FaultPlan.None;

    /// <summary>Largest step of a price each second, 1e-6; 0 for prices that stand.</summary>
    public int WanderPpm { get; init; }

    /// <summary>Request weight one caller has in a minute at the venue.</summary>
    public int WeightPerMinute { get; init; } = 1_200;

    /// <summary>Actions the account has to begin with.</summary>
    public long ActionsBase { get; init; } = 10_000;

    /// <summary>Changes the session's settings.</summary>
    public Func<SessionSettings, SessionSettings> Session { get; init; } = settings => settings;
}
