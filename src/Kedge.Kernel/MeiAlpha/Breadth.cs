namespace Kedge.Kernel.MeiAlpha;

/// <summary>Market breadth: the share of symbols whose fast EMA is above the slow one.</summary>
public struct Breadth
{
    private double _counted;
    private double _rising;

    /// <summary>Counts one symbol's snapshot.</summary>
    public void Count(in Snapshot s)
    {
        _counted += 1.0;
        if (s.EmaFast > s.EmaSlow)
        {
            _rising += 1.0;
        }
    }

    /// <summary>Whether any symbol was counted.</summary>
    public readonly bool IsKnown => _counted > 0.0;

    /// <summary>0…100; 0 when nothing was counted.</summary>
    public readonly double Percent => _counted > 0.0 ? _rising / _counted * 100.0 : 0.0;
}
