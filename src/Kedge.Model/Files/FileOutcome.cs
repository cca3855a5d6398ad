namespace Kedge.Model.Files;

/// <summary>How a change of a file ended.</summary>
/// <param name="Failure">Why it failed; <see cref="FileFailure.None"/> when it did not.</param>
/// <param name="Text">What failed, where and what to do; null when nothing did.</param>
public readonly record struct FileOutcome(FileFailure Failure, string? Text)
{
    /// <summary>It was done.</summary>
    public bool IsOk => Failure == FileFailure.None;

    /// <summary>It was done.</summary>
    public static FileOutcome Ok => default;
}
