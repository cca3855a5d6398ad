using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary><c>risk.perf_stop</c>: the least that round trips have to earn.</summary>
public sealed record PerformanceStopSettings
{
    /// <summary>A Sharpe ratio that is never missed.</summary>
    public const double NoSharpe = -1000.0;

    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Round trips looked at; 0 = all that are kept (2,000).</summary>
    public int WindowTrades { get; init; }

    /// <summary>Minutes looked back; 0 = no end.</summary>
    public int WindowMinutes { get; init; }

    /// <summary>Fewer say nothing.</summary>
    public int MinTrades { get; init; }

    /// <summary>Least profit factor; 0 = no limit.</summary>
    public double MinProfitFactor { get; init; }

    /// <summary>Least share of winners, 0…1; 0 = no limit.</summary>
    public double MinWinRate { get; init; }

    /// <summary>Least Sharpe ratio of a round trip; <see cref="NoSharpe"/> = no limit.</summary>
    public double MinSharpe { get; init; } = NoSharpe;

    /// <summary>What is latched.</summary>
    public KillMode KillMode { get; init; } = KillMode.CloseOnly;
}
