namespace Kedge.Trading.Journal;

/// <summary>What a record of a journal is: the first byte of its body.</summary>
public enum JournalKind
{
    /// <summary>Not a record.</summary>
    None = 0,

    /// <summary>Whose segment it is; the first record.</summary>
    Header = 1,

    /// <summary>The whole state of the engine; the second record.</summary>
    State = 2,

    /// <summary>An event that the engine was told.</summary>
    Event = 3,

    /// <summary>A price that the engine was told.</summary>
    Price = 4,

    /// <summary>What the input before it led to.</summary>
    Outcome = 5,

    /// <summary>The segment is over; nothing follows.</summary>
    End = 6,
}
