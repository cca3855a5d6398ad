namespace Kedge.Model.Ledger;

/// <summary>
/// The durable memory of one lane: one venue account, one writer. What is not in it did not happen. Used by one thread; others may read the same
/// storage at the same time by their own means.
/// </summary>
public interface ILedger : IDisposable
{
    /// <summary>Number of the last batch committed; 0 when there is none.</summary>
    long LastBatch { get; }

    /// <summary>Everything a restart needs. Takes time in proportion to what is open and recent, not to the whole history.</summary>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    LedgerImage Load();

    /// <summary>Writes a batch, wholly or not at all. When it says that it did, the batch survives a crash and a loss of power.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>Whether it is written; a failure of the storage is a value, for trading goes on without it (exits only).</returns>
    /// <exception cref="LedgerLawException">A row breaks a law. Nothing was written.</exception>
    LedgerOutcome Commit(LedgerBatch batch);

    /// <summary>One intent, however old; null when there is none of that id.</summary>
    /// <param name="intentId">32 lower-case hex digits.</param>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    IntentImage? Find(string intentId);
}
