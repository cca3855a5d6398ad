using Kedge.Data.Feed;
using Kedge.Model;

namespace Kedge.Data.Checks.Repair;

/// <summary>What is wrong with one series of a database.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="Interval">Length of a bar.</param>
/// <param name="Missing">Bars that lack between the first and the last good one, ascending; those proven to have had no trades are not among them.</param>
/// <param name="Bad">Rows that cannot be right, ascending.</param>
/// <param name="CloseTimes">Rows whose stored close time is wrong and which are right otherwise.</param>
public sealed record SeriesDamage(
    string Symbol,
    Interval Interval,
    IReadOnlyList<OpenRange> Missing,
    IReadOnlyList<BadRow> Bad,
    long CloseTimes
)
{
    /// <summary>Bars that lack.</summary>
    public long MissingBars => Missing.Sum(m => (m.ToMs - m.FromMs) / Interval.Ms);

    /// <summary>
    /// What the venue is asked for: the bars that lack and those in place of bad rows, ranges that lie within a page of each other together.
    /// </summary>
    /// <param name="fromMs">Nothing before this moment: the venue keeps no more.</param>
    /// <param name="pageBars">Bars of a page.</param>
    public IReadOnlyList<OpenRange> Questions(long fromMs, int pageBars)
    {
        long iv = Interval.Ms;
        List<OpenRange> joined = [];
        IEnumerable<OpenRange> wanted = Missing
            .Concat(Bad.Select(b => new OpenRange(b.OpenMs - (b.OpenMs % iv), b.OpenMs - (b.OpenMs % iv) + iv)))
            .Select(r => new OpenRange(Math.Max(r.FromMs, (fromMs + iv - 1) / iv * iv), r.ToMs))
            .Where(r => r.ToMs > r.FromMs)
            .OrderBy(r => r.FromMs);
        foreach (OpenRange range in wanted)
        {
            if (joined.Count > 0 && range.ToMs - joined[^1].FromMs <= pageBars * iv)
            {
                joined[^1] = joined[^1] with { ToMs = Math.Max(joined[^1].ToMs, range.ToMs) };
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}
