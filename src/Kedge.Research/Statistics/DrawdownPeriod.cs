namespace Kedge.Research.Statistics;

/// <summary>One fall below a peak, from the peak until the peak is reached again.</summary>
/// <param name="StartMs">Time of the peak, epoch ms.</param>
/// <param name="TroughMs">Time of the deepest point, epoch ms.</param>
/// <param name="EndMs">Time the peak was reached again, epoch ms; null when it was not.</param>
/// <param name="LastMs">The end, or the last time seen when there is none, epoch ms.</param>
/// <param name="Peak">Value at the peak.</param>
/// <param name="Trough">Value at the deepest point.</param>
public sealed record DrawdownPeriod(long StartMs, long TroughMs, long? EndMs, long LastMs, double Peak, double Trough)
{
    /// <summary>Depth in money.</summary>
    public double Depth => Peak - Trough;

    /// <summary>Depth as a fraction of the peak.</summary>
    public double DepthFraction => Peak > 1e-12 ? (Peak - Trough) / Peak : 0.0;

    /// <summary>From the peak to the end, or to the last time seen, ms.</summary>
    public long LengthMs => LastMs - StartMs;
}
