namespace Kedge.Simulation.Faults;

/// <summary>Seeded rates of faults on connections. Rates per day count over the whole network; each occasion takes one open connection.</summary>
public sealed record StreamFaults
{
    /// <summary>Connections reset per simulated day.</summary>
    public double DropsPerDay { get; init; }

    /// <summary>Connections per simulated day that lose one or both directions silently, for good.</summary>
    public double HalfOpensPerDay { get; init; }

    /// <summary>Connections per simulated day that hold everything back for a while.</summary>
    public double StallsPerDay { get; init; }

    /// <summary>How long a stall lasts.</summary>
    public MsRange StallMs { get; init; } = new(1_000, 60_000);

    /// <summary>Share of connects that are refused.</summary>
    public double ConnectRefusedShare { get; init; }

    /// <summary>Share of connects that are lost and time out.</summary>
    public double ConnectLostShare { get; init; }

    /// <summary>Share of sends whose bytes arrive in 2 to 4 pieces.</summary>
    public double SplitShare { get; init; }

    /// <summary>Share of sends whose bytes arrive in one piece with those before, if these are still on their way.</summary>
    public double MergeShare { get; init; }

    /// <summary>Share of sends that are late.</summary>
    public double DelayShare { get; init; }

    /// <summary>How late.</summary>
    public MsRange DelayMs { get; init; } = new(10, 2_000);
}
