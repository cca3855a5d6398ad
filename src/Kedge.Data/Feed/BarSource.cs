namespace Kedge.Data.Feed;

/// <summary>Where a closed bar came from.</summary>
public enum BarSource
{
    /// <summary>The stream of an unbroken connection; not yet confirmed.</summary>
    Stream,

    /// <summary>Put together from 1m bars; not yet confirmed.</summary>
    Composed,

    /// <summary>An answer of the venue to a question.</summary>
    Rest,

    /// <summary>Read from the store at start.</summary>
    Store,
}
