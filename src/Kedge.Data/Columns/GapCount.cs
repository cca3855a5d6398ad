using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>Counts the bars a series lacks between its first and its last.</summary>
internal static unsafe class GapCount
{
    internal static GapSummary Of(in BarColumns bars, Interval interval)
    {
        int holes = 0;
        long missing = 0;
        long step = interval.Ms;
        long limit = 2 * step;
        long* t = bars.OpenTimeMs;
        for (int i = 1; i < bars.Count; i++)
        {
            long distance = t[i] - t[i - 1];
            if (distance >= limit)
            {
                holes++;
                missing += (distance / step) - 1;
            }
        }

        return new GapSummary(holes, missing);
    }
}
