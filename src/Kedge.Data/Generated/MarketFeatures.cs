namespace Kedge.Data.Generated;

/// <summary>What a generated market has besides noise.</summary>
[Flags]
public enum MarketFeatures
{
    /// <summary>Independent noise of constant volatility.</summary>
    None = 0,

    /// <summary>Stretches of trend up, trend down and sideways movement.</summary>
    Regimes = 1,

    /// <summary>Volatility that follows the size of past moves (GARCH).</summary>
    VolatilityClustering = 2,

    /// <summary>One market factor that all symbols follow with their own beta.</summary>
    CommonFactor = 4,

    /// <summary>A market-wide crash at 55 % of the time and a partial recovery after it.</summary>
    Crash = 8,

    /// <summary>The last symbol lists at 40 % of the time.</summary>
    LateListing = 16,

    /// <summary>The last symbol but one stops at 70 % of the time.</summary>
    Delisting = 32,

    /// <summary>The last symbol but two lacks nine bars at 25 % and one at 60 % of the time.</summary>
    Gap = 64,

    /// <summary>The last symbol but three now and then has a bar without trades: four equal prices, no volume.</summary>
    ThinTrading = 128,

    /// <summary>All of them.</summary>
    All = Regimes | VolatilityClustering | CommonFactor | Crash | LateListing | Delisting | Gap | ThinTrading,
}
