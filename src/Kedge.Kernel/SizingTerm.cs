namespace Kedge.Kernel;

/// <summary>One number of the sizing arithmetic, as a trace sees it.</summary>
public enum SizingTerm
{
    /// <summary>Equity sizing starts from, quote currency.</summary>
    Equity = 0,

    /// <summary>Equity × allocation.</summary>
    BaseMargin = 1,

    /// <summary>Multiplier of the confidence tier.</summary>
    ConfidenceMultiplier = 2,

    /// <summary>Multiplier of ADX.</summary>
    AdxMultiplier = 3,

    /// <summary>Multiplier of volatility.</summary>
    VolatilityMultiplier = 4,

    /// <summary>Leverage used.</summary>
    Leverage = 5,

    /// <summary>Margin left under the cap.</summary>
    Headroom = 6,

    /// <summary>Margin of the order.</summary>
    Margin = 7,

    /// <summary>Size of the order, base asset.</summary>
    Size = 8,

    /// <summary>Notional of the order.</summary>
    Notional = 9,

    /// <summary>Free cash.</summary>
    FreeCash = 10,

    /// <summary>Fee of the order.</summary>
    Fee = 11,

    /// <summary>Score of the candidate: confidence rank × 100 + ADX.</summary>
    Score = 12,
}
