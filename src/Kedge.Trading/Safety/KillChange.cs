namespace Kedge.Trading.Safety;

/// <summary>One step in the history of the latches: a row of the ledger.</summary>
/// <param name="Sequence">From 1, without holes.</param>
/// <param name="Latch">The latch as it is after a setting, as it was before a clearing.</param>
/// <param name="Cleared">Whether it was lifted; else it was set or its mode was changed.</param>
/// <param name="By">Who: <c>risk</c>, <c>env</c>, <c>file</c>, <c>clock</c>, or an operator's name.</param>
/// <param name="Why">Reason of a clearing; empty for a setting, whose reason is the latch's.</param>
/// <param name="WallMs">When, UTC epoch milliseconds.</param>
/// <param name="Before">Ruling mode before.</param>
/// <param name="After">Ruling mode after.</param>
public sealed record KillChange(
    long Sequence,
    KillLatch Latch,
    bool Cleared,
    string By,
    string Why,
    long WallMs,
    KillMode Before,
    KillMode After
);
