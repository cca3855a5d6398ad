namespace Kedge.Trading.Risk;

/// <summary><c>risk.heat</c>: the loss if every stop were hit.</summary>
public sealed record HeatSettings
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Percent of equity; 0 = no limit.</summary>
    public double MaxPct { get; init; }

    /// <summary>Distance of the stop in ATRs, for symbols that say nothing else.</summary>
    public double StopAtrMult { get; init; } = 1.5;

    /// <summary>ATR that is not known, as a fraction of the price.</summary>
    public double FallbackAtrPct { get; init; } = 0.005;
}
