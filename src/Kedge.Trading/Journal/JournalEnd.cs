namespace Kedge.Trading.Journal;

/// <summary>Why a segment is over.</summary>
public enum JournalEnd
{
    /// <summary>It was long or old enough; the next one goes on with the state this one ends with.</summary>
    Rotated = 1,

    /// <summary>The engine was stopped.</summary>
    Stopped = 2,

    /// <summary>The process died; a later one cut what was not whole.</summary>
    Cut = 3,
}
