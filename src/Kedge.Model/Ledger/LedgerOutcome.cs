namespace Kedge.Model.Ledger;

/// <summary>How a write ended.</summary>
/// <param name="Failure">Why nothing was written; <see cref="LedgerFailure.None"/> when everything was, and lies on the disk.</param>
/// <param name="Text">What failed, where and what to do; null when nothing did.</param>
public readonly record struct LedgerOutcome(LedgerFailure Failure, string? Text)
{
    /// <summary>Everything was written and will survive a loss of power.</summary>
    public bool IsOk => Failure == LedgerFailure.None;

    /// <summary>Everything was written.</summary>
    public static LedgerOutcome Ok => default;
}
