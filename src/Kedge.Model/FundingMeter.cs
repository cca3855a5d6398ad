namespace Kedge.Model;

/// <summary>
/// Attributes funding records of one symbol, as they come, to the hour boundaries they belong to: a record at τ belongs to ⌊τ / 1 h⌋ when it comes
/// within five minutes after it, else it is rejected. Of two records of one boundary the first counts.
/// </summary>
public sealed class FundingMeter
{
    /// <summary>One hour in milliseconds: the distance of boundaries.</summary>
    public const long BoundaryMs = 3_600_000;

    /// <summary>How late a record may come after its boundary, milliseconds.</summary>
    public const long GraceMs = 300_000;

    private readonly SpacingMeter _spacing = new(BoundaryMs);

    /// <summary>Boundary of the last record that counted, epoch ms; null before the first.</summary>
    public long? LastBoundaryMs { get; private set; }

    /// <summary>Median distance of the records so far, milliseconds; one hour before the second.</summary>
    public long PeriodMs => _spacing.MedianMs;

    /// <summary>Takes one record; records come in order of their time.</summary>
    /// <param name="timeMs">When it came, epoch ms.</param>
    /// <param name="rate">Rate of its period, a fraction of notional.</param>
    /// <param name="record">What it counts as.</param>
    /// <returns>False when it is rejected.</returns>
    public bool TryAdd(long timeMs, double rate, out FundingRecord record)
    {
        record = default;
        long boundary = Math.DivRem(timeMs, BoundaryMs, out long late) * BoundaryMs;
        if (late > GraceMs || boundary <= LastBoundaryMs)
        {
            return false;
        }

        if (LastBoundaryMs is long last)
        {
            _spacing.Add(boundary - last);
        }

        LastBoundaryMs = boundary;
        record = new FundingRecord(boundary, timeMs, rate, rate / ((double)PeriodMs / BoundaryMs));
        return true;
    }
}
