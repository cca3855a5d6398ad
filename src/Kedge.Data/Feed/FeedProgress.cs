namespace Kedge.Data.Feed;

/// <summary>How much of the history that is wanted is there.</summary>
/// <param name="Had">Bars that are there, or proven not to exist.</param>
/// <param name="Wanted">Bars that are wanted of all series together.</param>
/// <param name="LeftMs">When the rest will be there at the pace so far, milliseconds from now; null while nothing can be said.</param>
public readonly record struct FeedProgress(long Had, long Wanted, long? LeftMs)
{
    /// <summary>Whole percent, rounded down: 100 only when everything is there.</summary>
    public int Percent => Wanted == 0 ? 100 : (int)(Had * 100 / Wanted);
}
