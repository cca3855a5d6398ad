namespace Kedge.Data.Checks;

/// <summary>One kind of finding in one series.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsWrong">False for a note that needs no action.</param>
/// <param name="File">Database; the whole list for gaps and overlaps.</param>
/// <param name="Symbol">Symbol.</param>
/// <param name="Interval">Interval name.</param>
/// <param name="Count">How many bars (for <see cref="CheckKind.ZeroVolume"/>: runs).</param>
/// <param name="FirstMs">Open time of the first, epoch ms.</param>
/// <param name="Text">One line for people.</param>
public sealed record CheckFinding(
    CheckKind Kind,
    bool IsWrong,
    string File,
    string Symbol,
    string Interval,
    long Count,
    long FirstMs,
    string Text
);
