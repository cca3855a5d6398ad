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

    private FundingSchedule(
        long[] boundaryMs,
        double[] rate,
        long[] recordedMs,
        double[] hourlyRate,
        double periodHours,
        long[] rejectedMs
    )
    {
        BoundariesMs = boundaryMs;
        Rates = rate;
        RecordedMs = recordedMs;
        HourlyRates = hourlyRate;
        PeriodHours = periodHours;
        RejectedMs = rejectedMs;
    }

    /// <summary>A schedule without records.</summary>
    public static FundingSchedule Empty { get; } = new([], [], [], [], 1.0, []);

    /// <summary>Boundaries, ascending, epoch ms.</summary>
    public long[] BoundariesMs { get; }

    /// <summary>Rate of the period that ends at each boundary, a fraction of notional.</summary>
    public double[] Rates { get; }

    /// <summary>When the record of each boundary came, epoch ms: decisions before that do not know its rate.</summary>
    public long[] RecordedMs { get; }

    /// <summary>Each rate per hour. The period is the median distance of the records so far, one hour for the first.</summary>
    public double[] HourlyRates { get; }

    /// <summary>Median distance of all records in hours. For reports: a decision only knows <see cref="HourlyRates"/>.</summary>
    public double PeriodHours { get; }

    /// <summary>Times of records that belong to no boundary, or to one that had its record, epoch ms.</summary>
    public long[] RejectedMs { get; }

    /// <summary>Rejected records within a span of time.</summary>
    public int RejectedIn(long fromMs, long toMs) => RejectedMs.Count(t => t >= fromMs && t <= toMs);

    /// <summary>Distances above 1.5 times the spacing that end within a span of time.</summary>
    public int HolesIn(long fromMs, long toMs)
    {
        double longest = 1.5 * PeriodHours * BoundaryMs;
        int holes = 0;
        for (int i = 1; i < BoundariesMs.Length; i++)
        {
            bool inside = BoundariesMs[i] >= fromMs && BoundariesMs[i] <= toMs;
            holes += inside && BoundariesMs[i] - BoundariesMs[i - 1] > longest ? 1 : 0;
        }

        return holes;
    }

    /// <summary>Attributes the records of a series.</summary>
    public static FundingSchedule Of(FundingSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        int count = series.TimeMs.Length;
        List<long> boundaries = new(count);
        List<long> recorded = new(count);
        List<double> rates = new(count);
        List<double> hourly = new(count);
        List<long> rejected = [];
        SpacingMeter spacing = new(BoundaryMs);
        for (int i = 0; i < count; i++)
        {
            long boundary = Math.DivRem(series.TimeMs[i], BoundaryMs, out long late) * BoundaryMs;
            if (late > GraceMs || (boundaries.Count > 0 && boundary <= boundaries[^1]))
            {
                rejected.Add(series.TimeMs[i]);
                continue;
            }

            if (boundaries.Count > 0)
            {
                spacing.Add(boundary - boundaries[^1]);
            }

            boundaries.Add(boundary);
            recorded.Add(series.TimeMs[i]);
            rates.Add(series.Rate[i]);
            hourly.Add(series.Rate[i] / ((double)spacing.MedianMs / BoundaryMs));
        }

        return new FundingSchedule(
            [.. boundaries],
            [.. rates],
            [.. recorded],
            [.. hourly],
            (double)spacing.MedianMs / BoundaryMs,
            [.. rejected]
        );
    }
}
