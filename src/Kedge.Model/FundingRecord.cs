namespace Kedge.Model;

/// <summary>A funding record that counts.</summary>
/// <param name="BoundaryMs">The hour it belongs to, epoch ms.</param>
/// <param name="RecordedMs">When it came, epoch ms: decisions before that do not know its rate.</param>
/// <param name="Rate">Rate of the period that ends at the boundary, a fraction of notional.</param>
/// <param name="HourlyRate">The rate per hour. The period is the median distance of the records so far.</param>
public readonly record struct FundingRecord(long BoundaryMs, long RecordedMs, double Rate, double HourlyRate);
