namespace Kedge.Data.Checks.Repair;

/// <summary>What a repair changed.</summary>
/// <param name="Filled">Bars that lacked and are there.</param>
/// <param name="Replaced">Bad rows in whose place the venue's bar is now.</param>
/// <param name="PutAside">Bad rows moved to <c>feed_quarantine</c>; those that were replaced are among them.</param>
/// <param name="CloseTimes">Close times corrected.</param>
public readonly record struct RepairCount(long Filled, long Replaced, long PutAside, long CloseTimes)
{
    /// <summary>Both together.</summary>
    public static RepairCount operator +(RepairCount a, RepairCount b) =>
        new(a.Filled + b.Filled, a.Replaced + b.Replaced, a.PutAside + b.PutAside, a.CloseTimes + b.CloseTimes);
}
