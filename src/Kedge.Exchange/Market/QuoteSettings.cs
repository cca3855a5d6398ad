namespace Kedge.Exchange.Market;

/// <summary>How the house quotes around a price.</summary>
public sealed record QuoteSettings
{
    /// <summary>Best offer less best bid, 1e-6 of the price; never less than one valid price step.</summary>
    public int SpreadPpm { get; init; } = 100;

    /// <summary>Levels a side.</summary>
    public int Levels { get; init; } = 10;

    /// <summary>Distance between levels, 1e-6 of the price; at least one valid price step.</summary>
    public int LevelStepPpm { get; init; } = 100;

    /// <summary>Notional at the best price, micro-USD.</summary>
    public long DepthNotional { get; init; } = 50_000 * Core.Bounds.Usd;

    /// <summary>How much deeper each further level is than the one before it, percent.</summary>
    public int DepthGrowthPercent { get; init; } = 20;

    /// <summary>Points of a path in each bar.</summary>
    public int PointsPerBar { get; init; } = 60;

    /// <summary>Whether a bar whose four prices are one is a single point, at its beginning, instead of <see cref="PointsPerBar"/> of them.</summary>
    public bool CalmBarsAreOnePoint { get; init; }
}
