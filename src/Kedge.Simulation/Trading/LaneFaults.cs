using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Ledger;

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
                [LaneFault.OperatorOrder] = 4,
                [LaneFault.PricesSilent] = 3,
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
            ThinBookBesidePartialShare = 0.01,
            CancelCrossesShare = 0.05,
            LateTellingShare = 0.5,
            OpenEndedEvery = 8,
        };

    /// <summary>
    /// A day of what is rare in others: each of it comes several times and waits for an order in a state, all states in turn. So a soak meets in each state what
    /// else would take tens of thousands of days.
    /// </summary>
    public static LaneFaults Hot { get; } =
        Day with
        {
            PerDay = new Dictionary<LaneFault, double>(Day.PerDay)
            {
                [LaneFault.RateLimited] = 6,
                [LaneFault.ServerError] = 6,
                [LaneFault.NonceRefused] = 8,
                [LaneFault.LaneClockStepped] = 6,
                [LaneFault.VenueClockStepped] = 6,
                [LaneFault.Liquidation] = 8,
                [LaneFault.Deleveraging] = 8,
                [LaneFault.Delisting] = 6,
                [LaneFault.LotChanged] = 8,
                [LaneFault.ForeignOrder] = 14,
                [LaneFault.Transfer] = 8,
                [LaneFault.ProcessKilled] = 6,
                [LaneFault.PowerLost] = 6,
                [LaneFault.DiskFull] = 8,
                [LaneFault.SlowFlush] = 8,
                [LaneFault.GarbageConfiguration] = 6,
                [LaneFault.Operator] = 6,
                [LaneFault.OperatorOrder] = 60,
                [LaneFault.OperatorCancel] = 12,
                [LaneFault.PricesSilent] = 6,
            },
            Shares = new Dictionary<FaultKind, FaultRate>(Day.Shares)
            {
                [FaultKind.FillLost] = new(0.08),
                [FaultKind.FillDuplicated] = new(0.12),
                [FaultKind.FillReordered] = new(0.1),
                [FaultKind.FillDelayed] = new(0.05, Lasts: new DurationRange(1_000, 300_000)),
                [FaultKind.UpdateLost] = new(0.08),
                [FaultKind.UpdateDuplicated] = new(0.08),
                [FaultKind.UpdateReordered] = new(0.08),
                [FaultKind.UpdateDelayed] = new(0.08),
                [FaultKind.ResponseLost] = new(0.05),
                [FaultKind.RequestLost] = new(0.05),
                [FaultKind.RequestLate] = new(0.05, Lasts: new DurationRange(5_000, 600_000)),
                [FaultKind.OrderNotFound] = new(0.4),
                [FaultKind.HistoryLate] = new(1.0),
                [FaultKind.CandleMissing] = new(0.02),
                [FaultKind.CandleDuplicated] = new(0.02),
                [FaultKind.CandleLate] = new(0.02),
                [FaultKind.CandleRevised] = new(0, 400),
            },
            AimedShare = 1.0,
            Aims =
            [
                IntentStatus.New,
                IntentStatus.Submitting,
                IntentStatus.Sent,
                IntentStatus.Sent,
                IntentStatus.Partial,
                IntentStatus.Partial,
                IntentStatus.Unknown,
                IntentStatus.Unknown,
            ],
            AimedAtOne = 4,
            ListedMin = 2,
            ThinBookShare = 0.15,
            ThinBookBesidePartialShare = 1.0,
            CancelCrossesShare = 0.8,
            ForeignCancelLostShare = 0.7,
            LeverageLostShare = 0.25,
        };

    /// <summary>Means per simulated day.</summary>
    public IReadOnlyDictionary<LaneFault, double> PerDay { get; init; } = new Dictionary<LaneFault, double>();

    /// <summary>Faults of the venue's frames and requests.</summary>
    public IReadOnlyDictionary<FaultKind, FaultRate> Shares { get; init; } = new Dictionary<FaultKind, FaultRate>();

    /// <summary>Share of orders that meet a book with less than they want: a part is filled, the rest cancelled.</summary>
    public double ThinBookShare { get; init; }

    /// <summary>The same of orders that leave while a part of another is filled.</summary>
    public double ThinBookBesidePartialShare { get; init; }

    /// <summary>Instruments that stay listed.</summary>
    public int ListedMin { get; init; } = 3;

    /// <summary>Share of cancels that cross a fill of their order.</summary>
    public double CancelCrossesShare { get; init; }

    /// <summary>Share of cancels of somebody else's orders that are lost or late, or whose answer is lost, beside those the shares above are of.</summary>
    public double ForeignCancelLostShare { get; init; }

    /// <summary>The same of changes of leverage.</summary>
    public double LeverageLostShare { get; init; }

    /// <summary>Share of orders with a thin book, and of crossed cancels, whose fills are told some seconds after their end.</summary>
    public double LateTellingShare { get; init; }

    /// <summary>Each so-manieth order is sent without <c>expiresAfter</c>, so that one that lands late is met; 0 for none.</summary>
    public int OpenEndedEvery { get; init; }

    /// <summary>Part of the faults by days that wait for an order in a state drawn; the others come whenever they come.</summary>
    public double AimedShare { get; init; } = 0.5;

    /// <summary>Faults that strike at most when one order comes to a state that few orders come to; ≥ 1.</summary>
    public int AimedAtOne { get; init; } = 1;

    /// <summary>The states that are waited for, each as often as it stands here.</summary>
    public IReadOnlyList<IntentStatus> Aims { get; init; } =
    [
        IntentStatus.Submitting,
        IntentStatus.Submitting,
        IntentStatus.Sent,
        IntentStatus.Partial,
        IntentStatus.Unknown,
        IntentStatus.Unknown,
    ];
}
