namespace Kedge.Data.Hub;

/// <summary>What became of a bar that a series took.</summary>
internal enum BarOutcome
{
    /// <summary>It is before everything that is held.</summary>
    TooOld,

    /// <summary>It was known, or what is known is newer.</summary>
    Known,

    /// <summary>It is told as soon as its turn comes.</summary>
    Waits,

    /// <summary>It was told with other numbers.</summary>
    Revised,

    /// <summary>Its turn is over, and it was not told.</summary>
    Late,
}
