namespace Kedge.Trading.Journal;

/// <summary>How something asked of a journal ended.</summary>
/// <param name="Failure">Why it failed; <see cref="JournalFailure.None"/> when it did not.</param>
/// <param name="Text">What failed, where and what to do; null when nothing did.</param>
public readonly record struct JournalOutcome(JournalFailure Failure, string? Text)
{
    /// <summary>It was done.</summary>
    public bool IsOk => Failure == JournalFailure.None;

    /// <summary>It was done.</summary>
    public static JournalOutcome Ok => default;
}
