namespace Kedge.Research.Search.Results;

/// <summary>A row as rankings keep it.</summary>
/// <param name="Index">Place of its configuration in the search.</param>
/// <param name="Score">What it is ranked by; more is better, not-a-number is worst.</param>
/// <param name="Line">Its line in the result file.</param>
public sealed record RankedRow(long Index, double Score, string Line)
{
    /// <summary>Its annual Sharpe ratio; not-a-number when it never traded.</summary>
    public double Sharpe { get; init; } = double.NaN;

    /// <summary>A row that was read back.</summary>
    /// <param name="line">The row.</param>
    /// <param name="score">What it is ranked by.</param>
    public static RankedRow Of(ResultLine line, double score)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new RankedRow(line.Index, score, line.Text) { Sharpe = TrialTally.SharpeOf(line) };
    }

    /// <summary>Whether this row stands above another: by score, ties by place.</summary>
    public bool IsAbove(RankedRow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        double mine = double.IsNaN(Score) ? double.NegativeInfinity : Score;
        double theirs = double.IsNaN(other.Score) ? double.NegativeInfinity : other.Score;
        return mine > theirs || (mine == theirs && Index < other.Index);
    }
}
