using Kedge.Model.Ledger;

namespace Kedge.Simulation.Crashes;

/// <summary>Names commits by the row that matters most in them: what a crash there puts in doubt.</summary>
internal static class CommitSites
{
    /// <summary>What every name begins with.</summary>
    public const string Prefix = "ledger.commit.";

    /// <summary>The site of a batch.</summary>
    public static string Of(LedgerBatch batch)
    {
        string site = "ledger.commit.state";
        int rank = int.MaxValue;
        foreach (LedgerRow row in batch.Rows)
        {
            (int place, string name) = Place(row);
            if (place < rank)
            {
                (rank, site) = (place, name);
            }
        }

        return site;
    }

    private static (int Place, string Site) Place(LedgerRow row) =>
        row switch
        {
            LedgerRow.AuditNoted { Event: "EMERGENCY_MERGED" } => (0, "ledger.commit.merge"),
            LedgerRow.FillBooked { IntentId: not null } => (1, "ledger.commit.fill"),
            LedgerRow.FillBooked => (2, "ledger.commit.foreign"),
            LedgerRow.AdjustmentBooked => (3, "ledger.commit.adjustment"),
            LedgerRow.TransferBooked => (4, "ledger.commit.transfer"),
            LedgerRow.FundingBooked => (5, "ledger.commit.funding"),
            LedgerRow.KillChanged => (6, "ledger.commit.latch"),
            LedgerRow.IntentCreated { ReduceOnly: true } => (7, "ledger.commit.exit"),
            LedgerRow.IntentCreated => (8, "ledger.commit.entry"),
            LedgerRow.IntentChanged { Status: IntentStatus.Submitting } => (9, "ledger.commit.submit"),
            LedgerRow.IntentChanged { Status: IntentStatus.Unknown } => (10, "ledger.commit.unknown"),
            LedgerRow.IntentChanged { Status: >= IntentStatus.Filled } => (11, "ledger.commit.end"),
            LedgerRow.IntentChanged or LedgerRow.OrderSubmitted => (12, "ledger.commit.ack"),
            LedgerRow.OpenOrderSeen or LedgerRow.OpenOrderGone => (13, "ledger.commit.resting"),
            LedgerRow.CursorKept => (14, "ledger.commit.cursor"),
            LedgerRow.StateKept or LedgerRow.PositionKept or LedgerRow.PositionGone => (15, "ledger.commit.state"),
            LedgerRow.JournalAt => (17, "ledger.commit.note"),
            _ => (16, "ledger.commit.note"),
        };
}
