namespace Kedge.Model.Ledger;

/// <summary>An intent as a ledger holds it.</summary>
/// <param name="Intent">As it was created. Its dedupe key is null when it has given the key back.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="SubmittingMs">When it was written down as about to be sent, UTC epoch milliseconds.</param>
/// <param name="SentMs">When the submit returned or became unknown.</param>
/// <param name="ChangedMs">When it last changed.</param>
/// <param name="VenueOrderId">The venue's id, once known.</param>
/// <param name="LastError">The last failure; null when there is none.</param>
/// <param name="FilledSize">Σ size of its fills, base units.</param>
/// <param name="FilledNotional">Σ size × price of its fills, USD.</param>
public sealed record IntentImage(
    LedgerRow.IntentCreated Intent,
    IntentStatus Status,
    long? SubmittingMs,
    long? SentMs,
    long ChangedMs,
    long? VenueOrderId,
    string? LastError,
    Amount FilledSize,
    Amount FilledNotional
);
