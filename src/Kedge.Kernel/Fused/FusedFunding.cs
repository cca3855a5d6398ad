namespace Kedge.Kernel.Fused;

/// <summary>The funding of one symbol as columns in memory, ascending. No records: count 0.</summary>
public unsafe struct FusedFunding
{
    /// <summary>Hour boundaries the records belong to, epoch ms.</summary>
    public long* BoundariesMs;

    /// <summary>Rate of the period that ends at each boundary, a fraction of notional.</summary>
    public double* Rates;

    /// <summary>When each record came, epoch ms.</summary>
    public long* RecordedMs;

    /// <summary>Each rate per hour.</summary>
    public double* HourlyRates;

    /// <summary>Number of records.</summary>
    public long Count;
}
