namespace Kedge.Model.Ledger;

/// <summary>Why a ledger could not write. Whatever the reason, nothing of the batch was written.</summary>
public enum LedgerFailure
{
    /// <summary>It could.</summary>
    None,

    /// <summary>No space left. The same batch may succeed later.</summary>
    Full,

    /// <summary>The storage failed to read or write. The same batch may succeed later.</summary>
    Io,

    /// <summary>Somebody else held it for longer than the writer waits. The same batch may succeed later.</summary>
    Locked,

    /// <summary>It is damaged. Nothing will succeed until a person has repaired it.</summary>
    Corrupt,
}
