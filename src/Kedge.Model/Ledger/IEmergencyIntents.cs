namespace Kedge.Model.Ledger;

/// <summary>
/// Where exits are written down while the ledger cannot commit. Its space is reserved beforehand, so that a full disk does not matter. At recovery its
/// intents go into the ledger as of unknown outcome, and it is emptied.
/// </summary>
public interface IEmergencyIntents : IDisposable
{
    /// <summary>Bytes still free.</summary>
    int FreeBytes { get; }

    /// <summary>
    /// Intents that were written and not yet emptied, oldest first. A last one that a crash cut off is not among them: it was not flushed, so nothing
    /// was sent for it.
    /// </summary>
    IReadOnlyList<LedgerRow.IntentCreated> Read();

    /// <summary>Adds an intent. It does not count as written down before <see cref="Flush"/>.</summary>
    /// <returns><see cref="LedgerFailure.Full"/> when it does not fit; nothing was added then.</returns>
    LedgerOutcome Append(LedgerRow.IntentCreated intent);

    /// <summary>Brings what was added to the disk.</summary>
    LedgerOutcome Flush();

    /// <summary>Empties it, durably. Only after its intents are in the ledger.</summary>
    LedgerOutcome Reset();
}
