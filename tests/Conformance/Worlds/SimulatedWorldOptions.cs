using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Worlds;

/// <summary>How a simulated world is made.</summary>
internal sealed record SimulatedWorldOptions
{
    /// <summary>Column of the table.</summary>
    public string Name { get; init; } = "Hyperliquid, virtual time";

    /// <summary>What the world can do.</summary>
    public WorldTraits Traits { get; init; } =
        WorldTraits.VirtualTime
        | WorldTraits.Truth
        | WorldTraits.WireFaults
        | WorldTraits.VenueFaults
        | WorldTraits.ClientRestart
        | WorldTraits.VenueRestart
        | WorldTraits.Connection
        | WorldTraits.Rules
        | WorldTraits.Fills
        | WorldTraits.Executes
        | WorldTraits.Limits;

    /// <summary>Whether the adapter trades an account, or reads the market only.</summary>
    public bool HasAccount { get; init; } = true;

    /// <summary>Makes the venue that is tested around the one that reads the market; null for that one itself.</summary>
    public Func<SimulatedWorld, Func<IVenueListener, IVenue>, IVenue>? Wrap { get; init; }

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
