namespace Kedge.Model.Ledger;

/// <summary>Where an intent stands. Which changes are legal is said by <see cref="IntentTransitions"/>.</summary>
public enum IntentStatus
{
    /// <summary>Recorded; nothing was sent.</summary>
    New = 0,

    /// <summary>Written down as about to be sent. After a crash nobody knows whether it was.</summary>
    Submitting = 1,

    /// <summary>The venue has it.</summary>
    Sent = 2,

    /// <summary>Nobody knows whether the venue has it.</summary>
    Unknown = 3,

    /// <summary>Filled in part and still live.</summary>
    Partial = 4,

    /// <summary>Filled in full. Terminal.</summary>
    Filled = 5,

    /// <summary>Ended by us or by the venue without a fill. Terminal.</summary>
    Cancelled = 6,

    /// <summary>Ended after a part was filled. Terminal.</summary>
    PartialCancelled = 7,

    /// <summary>The venue says that it came after its expiry. Terminal.</summary>
    Expired = 8,

    /// <summary>An immediate order that found nothing to match. Terminal.</summary>
    Unfilled = 9,

    /// <summary>Proven never to have reached the venue. Terminal.</summary>
    ProvenAbsent = 10,

    /// <summary>Refused by the venue, or never sent because something before the send failed. Terminal.</summary>
    Rejected = 11,

    /// <summary>Would have been sent, in a mode that sends nothing. Terminal.</summary>
    Would = 12,

    /// <summary>Held back before it was sent. Terminal; gives its dedupe key back, so that the same candle may try again.</summary>
    Blocked = 13,
}
