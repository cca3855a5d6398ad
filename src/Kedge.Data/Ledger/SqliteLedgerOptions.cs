namespace Kedge.Data.Ledger;

/// <summary>Which ledger, and whose.</summary>
/// <param name="Path">The database, e.g. <c>trading_engine.db</c>; made if it is missing, for its owner alone.</param>
/// <param name="Lane">Name of the lane; a ledger has one.</param>
/// <param name="Account">The venue account, or a name for the paper account; a ledger has one.</param>
public sealed record SqliteLedgerOptions(string Path, string Lane, string Account)
{
    /// <summary>Sums are made as the kernel makes them, in doubles: for paper. Fixed when the ledger is made.</summary>
    public bool IsDouble { get; init; }

    /// <summary>How long a lock of another connection is waited for, milliseconds: 50 to 5,000.</summary>
    public int LockWaitMs { get; init; } = 1_000;

    /// <summary>
    /// Folder in which the account is locked, one for all ledgers of this user, so that two lanes with different ledgers do not trade on one account;
    /// null locks the ledger alone.
    /// </summary>
    public string? AccountLocks { get; init; }

    /// <summary>Name of a file system registered with SQLite; null for the machine's. With one, no lock files are made.</summary>
    public string? FileSystem { get; init; }
}
