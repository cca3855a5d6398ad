namespace Kedge.Trading.Journal;

/// <summary>Why a journal took nothing.</summary>
public enum JournalFailure
{
    /// <summary>It did.</summary>
    None,

    /// <summary>No space left on the disk.</summary>
    Full,

    /// <summary>The storage failed.</summary>
    Io,

    /// <summary>A record would be longer than a record may be.</summary>
    TooLong,
}
