using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;

namespace Kedge.Golden.Engine;

/// <summary>How often each gate and filter spoke on main bars. One symbol and bar may count in several.</summary>
public sealed class GateCounters
{
    public int TotalChecks { get; private set; }
    public int Buys { get; private set; }
    public int Sells { get; private set; }
    public int Neutrals { get; private set; }
    public int Ranging { get; private set; }
    public int Anomaly { get; private set; }
    public int Extension { get; private set; }
    public int AdxLow { get; private set; }
    public int AdxNotRising { get; private set; }
    public int Volume { get; private set; }
    public int Btc { get; private set; }
    public int Confidence { get; private set; }
    public int Pesc { get; private set; }
    public int Ssf { get; private set; }
    public int Reef { get; private set; }
    public int MaxPositions { get; set; }
    public int Margin { get; set; }

    /// <summary>Raw signals that were not neutral.</summary>
    public int Signals => Buys + Sells;

    /// <summary>Counts one evaluation of a main bar.</summary>
    public void Count(in GateRecord gates, Side signal)
    {
        TotalChecks++;
        Buys += signal == Side.Long ? 1 : 0;
        Sells += signal == Side.Short ? 1 : 0;
        Neutrals += signal == Side.Flat ? 1 : 0;
        Ranging += gates.IsRanging ? 1 : 0;
        Anomaly += gates.IsAnomaly ? 1 : 0;
        Extension += gates.IsExtended ? 1 : 0;
        AdxLow += gates.AdxAboveMin ? 0 : 1;
        AdxNotRising += gates.IsTrendingUp ? 0 : 1;
        Volume += gates.VolConfirm ? 0 : 1;
        Btc += gates.BtcOkLong && gates.BtcOkShort ? 0 : 1;
    }

    /// <summary>Counts the filter that stopped an entry.</summary>
    public void Count(StopCode stop)
    {
        Confidence += stop == StopCode.Confidence ? 1 : 0;
        Pesc += stop == StopCode.PostExitCooldown ? 1 : 0;
        Ssf += stop == StopCode.SignFilter ? 1 : 0;
        Reef += stop == StopCode.ExtremeFilter ? 1 : 0;
    }
}
