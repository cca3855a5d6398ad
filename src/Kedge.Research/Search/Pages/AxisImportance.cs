namespace Kedge.Research.Search.Pages;

/// <summary>
/// How much of the variation of the objective an axis explains alone: ε², the share of the sum of squares that lies between its values, less what as many values would explain by
/// chance. Taken on ranks, so that a few extreme rows do not decide, and only over rows in which the axis has a meaning.
/// </summary>
public static class AxisImportance
{
    /// <summary>Importance by axis, 0 to 1.</summary>
    /// <param name="axes">The axes.</param>
    /// <param name="scores">Score of each row; not-a-number is worst.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<PageAxis> axes, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(axes);
        ArgumentNullException.ThrowIfNull(scores);
        double[] ranks = Ranks(scores);
        return [.. axes.Select(a => One(a, axes, ranks))];
    }

    private static double One(PageAxis axis, IReadOnlyList<PageAxis> axes, double[] ranks)
    {
        double[] sums = new double[axis.Values.Count];
        int[] counts = new int[axis.Values.Count];
        double sum = 0.0;
        double squares = 0.0;
        int count = 0;
        for (int row = 0; row < ranks.Length; row++)
        {
            if (axis.IsOpen(row, axes))
            {
                sums[axis.Places[row]] += ranks[row];
                counts[axis.Places[row]]++;
                sum += ranks[row];
                squares += ranks[row] * ranks[row];
                count++;
            }
        }

        int groups = counts.Count(c => c > 0);
        double total = squares - (sum * sum / Math.Max(count, 1));
        if (groups < 2 || count <= groups || total <= 0.0)
        {
            return 0.0;
        }

        double between = -sum * sum / count;
        for (int v = 0; v < sums.Length; v++)
        {
            between += counts[v] > 0 ? sums[v] * sums[v] / counts[v] : 0.0;
        }

        double within = (total - between) / (count - groups);
        return Math.Clamp((between - ((groups - 1) * within)) / total, 0.0, 1.0);
    }

    /// <summary>Ranks from 0; equal scores share the mean of theirs.</summary>
    private static double[] Ranks(IReadOnlyList<double> scores)
    {
        double[] sorted = [.. scores.Select(s => double.IsNaN(s) ? double.NegativeInfinity : s)];
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int from = 0; from < sorted.Length; )
        {
            int to = from;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            for (int i = from; i < to; i++)
            {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }

            from = to;
        }

        return ranks;
    }
}
