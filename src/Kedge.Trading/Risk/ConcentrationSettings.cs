namespace Kedge.Trading.Risk;

/// <summary><c>risk.exposure</c>: how many symbols other than BTC may be held on one side.</summary>
public sealed record ConcentrationSettings
{
    /// <summary>Whether it is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>Longs; 0 = no limit.</summary>
    public int MaxLongs { get; init; }

    /// <summary>Shorts; 0 = no limit.</summary>
    public int MaxShorts { get; init; }

    /// <summary>Symbols that do not count; BTC never does.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
