namespace Kedge.Model.Ledger;

/// <summary>Brings intents from the emergency file into the ledger.</summary>
public static class EmergencyMerge
{
    /// <summary>
    /// Writes every intent that the ledger does not have yet, as of unknown outcome, and empties the file. Doing it again after a crash at any point
    /// changes nothing more. For the start, before anything is loaded; a running engine that gets its ledger back commits what it knows and resets the
    /// file itself.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="emergency">The file.</param>
    /// <param name="nowMs">When, UTC epoch milliseconds.</param>
    /// <param name="merged">Ids of the intents that were written.</param>
    /// <returns>How it ended; after a failure the file still holds them.</returns>
    /// <exception cref="LedgerLawException">An intent contradicts the ledger; a person has to look.</exception>
    /// <exception cref="KedgeException">The ledger cannot be read (exit 4).</exception>
    public static LedgerOutcome Into(ILedger ledger, IEmergencyIntents emergency, long nowMs, out IReadOnlyList<string> merged)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(emergency);
        merged = [];
        IReadOnlyList<LedgerRow.IntentCreated> intents = emergency.Read();
        if (intents.Count == 0)
        {
            return LedgerOutcome.Ok;
        }

        List<LedgerRow> rows = [];
        List<string> ids = [];
        foreach (LedgerRow.IntentCreated intent in intents)
        {
            if (ledger.Find(intent.IntentId) is null)
            {
                // Its dedupe key may be held by an intent that came after it; an exit needs none.
                rows.Add(intent with { DedupeKey = null });
                rows.Add(new LedgerRow.IntentChanged(intent.IntentId, IntentStatus.Submitting, intent.CreatedMs));
                rows.Add(
                    new LedgerRow.IntentChanged(
                        intent.IntentId,
                        IntentStatus.Unknown,
                        nowMs,
                        SentMs: intent.CreatedMs,
                        LastError: "found in the emergency file",
                        Evidence: "emergency file"
                    )
                );
                ids.Add(intent.IntentId);
            }
        }

        if (rows.Count > 0)
        {
            rows.Add(
                new LedgerRow.AuditNoted(
                    nowMs,
                    null,
                    "EMERGENCY_MERGED",
                    AuditLevel.Warn,
                    $"{{\"intents\":[{string.Join(',', ids.Select(id => $"\"{id}\""))}]}}"
                )
            );
            LedgerOutcome outcome = ledger.Commit(new LedgerBatch(ledger.LastBatch + 1, rows));
            if (!outcome.IsOk)
            {
                return outcome;
            }

            merged = ids;
        }

        return emergency.Reset();
    }
}
