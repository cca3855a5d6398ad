using Kedge.Model.Venues;

namespace Kedge.Model.Ledger;

/// <summary>Everything a restart needs from a ledger.</summary>
public sealed record LedgerImage
{
    /// <summary>How many recent intents, and how many recent fill keys, an image holds at most beside those that are open.</summary>
    public const int Recent = 10_000;

    /// <summary>Number of the last batch committed; 0 when there is none.</summary>
    public required long LastBatch { get; init; }

    /// <summary>Highest sequence any intent has; 0 when there is none. The next intent takes the one after it.</summary>
    public required long Sequence { get; init; }

    /// <summary>How far the journal had come at the last batch that said so.</summary>
    public required JournalPosition? Journal { get; init; }

    /// <summary>How far the account's history is booked; null at first.</summary>
    public required AccountCursor? Cursor { get; init; }

    /// <summary>
    /// All intents that are not terminal, and the newest <see cref="Recent"/> of the others (against which late fills are matched and whose dedupe keys
    /// hold), in order of their sequence.
    /// </summary>
    public required IReadOnlyList<IntentImage> Intents { get; init; }

    /// <summary>Keys of the newest <see cref="Recent"/> fills, oldest first.</summary>
    public required IReadOnlyList<FillKey> FillKeys { get; init; }

    /// <summary>Resting orders as last seen.</summary>
    public required IReadOnlyList<LedgerRow.OpenOrderSeen> OpenOrders { get; init; }

    /// <summary>Kills in force, by name.</summary>
    public required IReadOnlyList<KillLatch> Kills { get; init; }

    /// <summary>What was kept under each key by <see cref="LedgerRow.StateKept"/>.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> State { get; init; }

    /// <summary>Net position of each symbol that has one, signed base units: Σ fills + Σ adjustments.</summary>
    public required IReadOnlyDictionary<string, Amount> Positions { get; init; }

    /// <summary>Per-symbol strategy state as last kept.</summary>
    public required IReadOnlyList<LedgerRow.PositionKept> PositionStates { get; init; }

    /// <summary>Sums over everything booked.</summary>
    public required LedgerTotals Totals { get; init; }

    /// <summary>The last account snapshot: high-water mark and the day's start are in it; null at first.</summary>
    public required LedgerRow.SnapshotTaken? Snapshot { get; init; }

    /// <summary>The first nonce that was not reserved; 0 when none was.</summary>
    public required long NonceFloor { get; init; }
}
