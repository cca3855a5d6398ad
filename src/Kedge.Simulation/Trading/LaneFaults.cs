using Kedge.Exchange.Gateways.Hyperliquid.Faults;

namespace Kedge.Simulation.Trading;

/// <summary>What goes wrong with a lane, and how often. Rates are per simulated day; shares are of requests, frames or orders.</summary>
public sealed record LaneFaults
{
    /// <summary>Nothing goes wrong.</summary>
    public static LaneFaults None { get; } = new();

    /// <summary>The day of <c>docs/concepts/deterministic-simulation.md</c>.</summary>
    public static LaneFaults Day { get; } =
        new()
        {
            PerDay = new Dictionary<LaneFault, double>
            {
                [LaneFault.SocketDropped] = 20,
                [LaneFault.SocketHalfOpen] = 5,
                [LaneFault.SocketStalled] = 3,
                [LaneFault.SnapshotWithheld] = 5,
                [LaneFault.RateLimited] = 3,
                [LaneFault.ServerError] = 3,
                [LaneFault.NonceRefused] = 1,
                [LaneFault.LaneClockStepped] = 1,
                [LaneFault.VenueClockStepped] = 1,
                [LaneFault.Liquidation] = 0.05,
                [LaneFault.Deleveraging] = 0.05,
                [LaneFault.Delisting] = 0.05,
                [LaneFault.LotChanged] = 0.05,
                [LaneFault.ForeignOrder] = 2,
                [LaneFault.Transfer] = 0.2,
                [LaneFault.ProcessKilled] = 1,
                [LaneFault.PowerLost] = 1,
                [LaneFault.DiskFull] = 0.1,
                [LaneFault.SlowFlush] = 1,
                [LaneFault.GarbageConfiguration] = 0.5,
                [LaneFault.Operator] = 4,
            },
            Shares = new Dictionary<FaultKind, FaultRate>
            {
                [FaultKind.FillLost] = new(0.02),
                [FaultKind.FillDuplicated] = new(0.02),
                [FaultKind.FillReordered] = new(0.05),
                [FaultKind.FillDelayed] = new(0.01, Lasts: new DurationRange(1_000, 300_000)),
                [FaultKind.UpdateLost] = new(0.02),
                [FaultKind.UpdateDuplicated] = new(0.02),
                [FaultKind.UpdateReordered] = new(0.02),
                [FaultKind.UpdateDelayed] = new(0.01),
                [FaultKind.ResponseLost] = new(0.01),
                [FaultKind.RequestLost] = new(0.01),
                [FaultKind.RequestLate] = new(0.002, Lasts: new DurationRange(5_000, 600_000)),
                [FaultKind.OrderNotFound] = new(0.02),
                [FaultKind.CandleMissing] = new(0.01),
                [FaultKind.CandleDuplicated] = new(0.01),
                [FaultKind.CandleLate] = new(0.01),
                [FaultKind.CandleRevised] = new(0, 72),
                [FaultKind.HistoryLate] = new(0.005),
            },
            ThinBookShare = 0.01,
            CancelCrossesShare = 0.05,
            OpenEndedEvery = 8,
        };

    /// <summary>Means per simulated day.</summary>
    public IReadOnlyDictionary<LaneFault, double> PerDay { get; init; } = new Dictionary<LaneFault, double>();

    /// <summary>Faults of the venue's frames and requests.</summary>
    public IReadOnlyDictionary<FaultKind, FaultRate> Shares { get; init; } = new Dictionary<FaultKind, FaultRate>();

    /// <summary>Share of orders that meet a book with less than they want: a part is filled, the rest cancelled.</summary>
    public double ThinBookShare { get; init; }

    /// <summary>Share of cancels that cross a fill of their order.</summary>
    public double CancelCrossesShare { get; init; }

    /// <summary>Each so-manieth order is sent without <c>expiresAfter</c>, so that one that lands late is met; 0 for none.</summary>
    public int OpenEndedEvery { get; init; }

    /// <summary>Part of the faults by days that wait for an order in a state drawn; the others come whenever they come.</summary>
    public double AimedShare { get; init; } = 0.5;
}
