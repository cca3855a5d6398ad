namespace Kedge.Cli.Trading;

/// <summary>What became of a request.</summary>
/// <param name="IsDone">It was taken and something came of it, or nothing had to.</param>
/// <param name="Lines">What happened, for people.</param>
/// <param name="Status">How the lane stands, as JSON; null unless it was asked for.</param>
internal sealed record OperatorAnswer(bool IsDone, IReadOnlyList<string> Lines, string? Status = null);
