namespace Kedge.Kernel.MeiAlpha;

/// <summary>What the gates say about one symbol at one bar.</summary>
public struct GateRecord
{
    /// <summary>ADX minimum after the dynamic adjustments.</summary>
    public double EffectiveMinAdx;

    /// <summary>Band width against its average.</summary>
    public double BbWidthRatio;

    /// <summary>Take-profit multiple by ADX band; informational.</summary>
    public double DynamicTpMult;

    /// <summary>RSI a long of mode 1 must exceed.</summary>
    public double RsiLongLimit;

    /// <summary>RSI a short of mode 1 must stay below.</summary>
    public double RsiShortLimit;

    /// <summary>Stochastic RSI %K, 0…1.</summary>
    public double StochK;

    /// <summary>Stochastic RSI %D, 0…1.</summary>
    public double StochD;

    /// <summary>G1: the market is ranging.</summary>
    public bool IsRanging;

    /// <summary>G2: the bar is an anomaly.</summary>
    public bool IsAnomaly;

    /// <summary>G3: the price is too far from the fast EMA.</summary>
    public bool IsExtended;

    /// <summary>G4: volume confirms.</summary>
    public bool VolConfirm;

    /// <summary>G5: ADX rises or is saturated.</summary>
    public bool IsTrendingUp;

    /// <summary>G6: ADX is above the effective minimum.</summary>
    public bool AdxAboveMin;

    /// <summary>G7: EMAs point up.</summary>
    public bool BullishAlignment;

    /// <summary>G7: EMAs point down.</summary>
    public bool BearishAlignment;

    /// <summary>G8: BTC lets longs in.</summary>
    public bool BtcOkLong;

    /// <summary>G8: BTC lets shorts in.</summary>
    public bool BtcOkShort;

    /// <summary>Whether stochastic RSI takes part.</summary>
    public bool StochRsiActive;

    /// <summary>G1 to G6 together; mode 1 needs it.</summary>
    public bool AllGatesPass;
}
