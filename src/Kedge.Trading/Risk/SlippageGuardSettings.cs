namespace Kedge.Trading.Risk;

/// <summary><c>risk.slippage_guard</c>: how far fills are from the quote at submit.</summary>
public sealed record SlippageGuardSettings
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Fills looked at, 1…1000.</summary>
    public int WindowFills { get; init; } = 20;

    /// <summary>Greatest median, basis points; 0 = no limit.</summary>
    public double MaxMedianBps { get; init; }
}
