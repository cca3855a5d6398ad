using Kedge.Research.Search.Results;

namespace Kedge.Research.Search.Pages;

/// <summary>The rows of a result file that a page shows: all of them, or of a large one the best and an even sample of the others.</summary>
public sealed class PageRows
{
    /// <summary>Most rows on a page.</summary>
    public const int Most = 20_000;

    private const int MostBest = 2_000;

    private PageRows(
        IReadOnlyList<ResultLine> lines,
        IReadOnlyList<double> scores,
        IReadOnlyList<int> best,
        long total,
        TrialTally tally
    )
    {
        Lines = lines;
        Scores = scores;
        Best = best;
        Total = total;
        Tally = tally;
    }

    /// <summary>The rows, in the order of the search.</summary>
    public IReadOnlyList<ResultLine> Lines { get; }

    /// <summary>Their scores; not-a-number where a row has too few trades.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>Places of the best rows in <see cref="Lines"/>, best first.</summary>
    public IReadOnlyList<int> Best { get; }

    /// <summary>Rows of the file.</summary>
    public long Total { get; }

    /// <summary>What was tried.</summary>
    public TrialTally Tally { get; }

    /// <summary>Reads a file, twice when it is large.</summary>
    /// <param name="path">The file.</param>
    /// <param name="score">What rows are ranked by.</param>
    /// <param name="listed">Best rows that are listed.</param>
    public static PageRows Read(string path, Func<ResultLine, double> score, int listed)
    {
        ArgumentNullException.ThrowIfNull(score);
        TopRows top = new(MostBest);
        long total = 0;
        foreach (ResultLine line in ResultLine.ReadFile(path))
        {
            top.Add(RankedRow.Of(line, score(line)));
            total++;
        }

        IReadOnlyList<RankedRow> ranked = top.Ranked();
        HashSet<long> kept = [.. ranked.Select(r => r.Index)];
        long step = Math.Max(1, (total + Most - MostBest - 1) / (Most - MostBest));
        List<ResultLine> lines = [];
        List<double> scores = [];
        Dictionary<long, int> places = [];
        long number = 0;
        foreach (ResultLine line in ResultLine.ReadFile(path))
        {
            if (number++ % step == 0 || kept.Contains(line.Index))
            {
                places[line.Index] = lines.Count;
                lines.Add(line with { Text = "" });
                scores.Add(score(line));
            }
        }

        int[] best = [.. ranked.Where(r => !double.IsNaN(r.Score)).Take(listed).Select(r => places[r.Index])];
        return new PageRows(lines, scores, best, total, top.Tally);
    }
}
