using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>
/// Funding records of one symbol attributed to the hour boundaries they belong to: a record at τ belongs to ⌊τ / 1 h⌋ when it comes within
/// five minutes after it, else it is rejected. Of two records of one boundary the first counts.
/// </summary>
public sealed class FundingSchedule
{
    /// <summary>One hour in milliseconds: the distance of boundaries.</summary>
    public const long BoundaryMs = 3_600_000;

    /// <summary>How late a record may come after its boundary, milliseconds.</summary>
    public const long GraceMs = 300_000;

    private FundingSchedule(long[] boundaryMs, double[] rate, double periodHours, int rejected, int holes)
    {
        BoundariesMs = boundaryMs;
        Rates = rate;
        PeriodHours = periodHours;
        Rejected = rejected;
        Holes = holes;
    }

    /// <summary>A schedule without records.</summary>
    public static FundingSchedule Empty { get; } = new([], [], 1.0, 0, 0);

    /// <summary>Boundaries, ascending, epoch ms.</summary>
    public long[] BoundariesMs { get; }

    /// <summary>Rate of the period that ends at each boundary, a fraction of notional.</summary>
    public double[] Rates { get; }

    /// <summary>The series' own spacing in hours: the median distance of records, at least 1.</summary>
    public double PeriodHours { get; }

    /// <summary>Records that belong to no boundary, or to one that had its record.</summary>
    public int Rejected { get; }

    /// <summary>Distances above 1.5 times the spacing.</summary>
    public int Holes { get; }

    /// <summary>Attributes the records of a series.</summary>
    public static FundingSchedule Of(FundingSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        List<long> boundaries = new(series.TimeMs.Length);
        List<double> rates = new(series.TimeMs.Length);
        int rejected = 0;
        for (int i = 0; i < series.TimeMs.Length; i++)
        {
            long boundary = Math.DivRem(series.TimeMs[i], BoundaryMs, out long late) * BoundaryMs;
            if (late > GraceMs || (boundaries.Count > 0 && boundary <= boundaries[^1]))
            {
                rejected++;
                continue;
            }

            boundaries.Add(boundary);
            rates.Add(series.Rate[i]);
        }

        double period = MedianSpacing(boundaries);
        int holes = 0;
        for (int i = 1; i < boundaries.Count; i++)
        {
            if (boundaries[i] - boundaries[i - 1] > 1.5 * period)
            {
                holes++;
            }
        }

        return new FundingSchedule([.. boundaries], [.. rates], period / BoundaryMs, rejected, holes);
    }

    private static double MedianSpacing(List<long> boundaries)
    {
        if (boundaries.Count < 2)
        {
            return BoundaryMs;
        }

        long[] spacing = new long[boundaries.Count - 1];
        for (int i = 0; i < spacing.Length; i++)
        {
            spacing[i] = boundaries[i + 1] - boundaries[i];
        }

        Array.Sort(spacing);
        return spacing[spacing.Length / 2];
    }
}
