using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>
/// Funding records of one symbol attributed to the hour boundaries they belong to: a record at τ belongs to ⌊τ / 1 h⌋ when it comes within
/// five minutes after it, else it is rejected. Of two records of one boundary the first counts.
/// </summary>
public sealed class FundingSchedule
{
    private readonly long[] _rejectedMs;
    private readonly long _periodMs;

    private FundingSchedule(
        long[] boundaryMs,
        double[] rate,
        long[] recordedMs,
        double[] hourlyRate,
        long periodMs,
        long[] rejectedMs
    )
    {
        BoundariesMs = boundaryMs;
        Rates = rate;
        RecordedMs = recordedMs;
        HourlyRates = hourlyRate;
        PeriodHours = (double)periodMs / FundingMeter.BoundaryMs;
        _periodMs = periodMs;
        _rejectedMs = rejectedMs;
    }

    /// <summary>A schedule without records.</summary>
    public static FundingSchedule Empty { get; } = new([], [], [], [], FundingMeter.BoundaryMs, []);

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

    /// <summary>Records of a span of boundaries that came too late, or when their boundary had its record.</summary>
    /// <param name="fromMs">First boundary, epoch ms.</param>
    /// <param name="toMs">Last boundary, epoch ms.</param>
    public int RejectedWithin(long fromMs, long toMs) =>
        _rejectedMs.Count(t => t >= fromMs && t - (t % FundingMeter.BoundaryMs) <= toMs);

    /// <summary>
    /// Distances above 1.5 times the spacing with a record missing inside a span; also from its start to the first record and from the last
    /// to its end.
    /// </summary>
    /// <param name="fromMs">Start, epoch ms.</param>
    /// <param name="toMs">End, epoch ms.</param>
    public int HolesWithin(long fromMs, long toMs)
    {
        int holes = 0;
        long last = fromMs;
        foreach (long boundary in BoundariesMs)
        {
            holes += boundary > fromMs && last + _periodMs <= toMs && IsHole(last, boundary) ? 1 : 0;
            last = boundary;
        }

        return holes + (IsHole(Math.Max(last, fromMs), toMs) ? 1 : 0);
    }

    /// <summary>Attributes the records of a series.</summary>
    public static FundingSchedule Of(FundingSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        int count = series.TimeMs.Length;
        List<FundingRecord> records = new(count);
        FundingMeter meter = new();
        List<long> rejected = [];
        for (int i = 0; i < count; i++)
        {
            if (meter.TryAdd(series.TimeMs[i], series.Rate[i], out FundingRecord record))
            {
                records.Add(record);
            }
            else
            {
                rejected.Add(series.TimeMs[i]);
            }
        }

        return new FundingSchedule(
            [.. records.Select(r => r.BoundaryMs)],
            [.. records.Select(r => r.Rate)],
            [.. records.Select(r => r.RecordedMs)],
            [.. records.Select(r => r.HourlyRate)],
            meter.PeriodMs,
            [.. rejected]
        );
    }

    private bool IsHole(long fromMs, long toMs) => toMs - fromMs > 1.5 * _periodMs;
}
