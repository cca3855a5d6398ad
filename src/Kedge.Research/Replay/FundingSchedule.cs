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
        int rejected,
        int holes
    )
    {
        BoundariesMs = boundaryMs;
        Rates = rate;
        RecordedMs = recordedMs;
        HourlyRates = hourlyRate;
        PeriodHours = periodHours;
        Rejected = rejected;
        Holes = holes;
    }

    /// <summary>A schedule without records.</summary>
    public static FundingSchedule Empty { get; } = new([], [], [], [], 1.0, 0, 0);

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

    /// <summary>Records that belong to no boundary, or to one that had its record.</summary>
    public int Rejected { get; }

    /// <summary>Distances above 1.5 times the spacing.</summary>
    public int Holes { get; }

    /// <summary>Attributes the records of a series.</summary>
    public static FundingSchedule Of(FundingSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        int count = series.TimeMs.Length;
        List<long> boundaries = new(count);
        List<long> recorded = new(count);
        List<double> rates = new(count);
        List<double> hourly = new(count);
        SortedDictionary<long, int> distances = [];
        int known = 0;
        int rejected = 0;
        for (int i = 0; i < count; i++)
        {
            long boundary = Math.DivRem(series.TimeMs[i], BoundaryMs, out long late) * BoundaryMs;
            if (late > GraceMs || (boundaries.Count > 0 && boundary <= boundaries[^1]))
            {
                rejected++;
                continue;
            }

            if (boundaries.Count > 0)
            {
                long distance = boundary - boundaries[^1];
                distances[distance] = distances.GetValueOrDefault(distance) + 1;
                known++;
            }

            boundaries.Add(boundary);
            recorded.Add(series.TimeMs[i]);
            rates.Add(series.Rate[i]);
            hourly.Add(series.Rate[i] / ((double)Median(distances, known) / BoundaryMs));
        }

        long period = Median(distances, known);
        int holes = distances.Where(d => d.Key > 1.5 * period).Sum(d => d.Value);
        return new FundingSchedule(
            [.. boundaries],
            [.. rates],
            [.. recorded],
            [.. hourly],
            (double)period / BoundaryMs,
            rejected,
            holes
        );
    }

    /// <summary>The middle of <paramref name="known"/> distances, the upper one of two; few different ones ever occur.</summary>
    private static long Median(SortedDictionary<long, int> distances, int known)
    {
        int before = 0;
        foreach ((long distance, int count) in distances)
        {
            before += count;
            if (before > known / 2)
            {
                return distance;
            }
        }

        return BoundaryMs;
    }
}
