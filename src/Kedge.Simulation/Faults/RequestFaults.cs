namespace Kedge.Simulation.Faults;

/// <summary>Seeded shares of faults on requests. A request meets at most one; where several hit, the first in this order.</summary>
public sealed record RequestFaults
{
    /// <summary>Share that never lands; the client times out.</summary>
    public double RequestLostShare { get; init; }

    /// <summary>Share that never lands; the client sees a reset.</summary>
    public double RequestResetShare { get; init; }

    /// <summary>Share that lands late.</summary>
    public double RequestDelayedShare { get; init; }

    /// <summary>How late it lands.</summary>
    public MsRange RequestDelayMs { get; init; } = new(1_000, 600_000);

    /// <summary>Share that lands and whose answer is lost.</summary>
    public double ResponseLostShare { get; init; }

    /// <summary>Share that lands and whose client sees a reset.</summary>
    public double ResponseResetShare { get; init; }

    /// <summary>Share that is answered late.</summary>
    public double ResponseDelayedShare { get; init; }

    /// <summary>How late it is answered.</summary>
    public MsRange ResponseDelayMs { get; init; } = new(1_000, 60_000);
}
