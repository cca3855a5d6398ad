namespace Kedge.Kernel;

/// <summary>What all symbols share at a tick.</summary>
public struct MarketContext
{
    /// <summary>Share of symbols with the fast EMA above the slow one, 0…100; meaningful only when <see cref="BreadthKnown"/>.</summary>
    public double BreadthPct;

    /// <summary>ADX of BTC; meaningful only when <see cref="BtcTrend"/> is not 0.</summary>
    public double BtcAdx;

    /// <summary>ATR of BTC as a fraction of its close; meaningful only when <see cref="BtcTrend"/> is not 0.</summary>
    public double BtcAtrPct;

    /// <summary>+1 when BTC's last close is above its slow EMA, −1 when not, 0 when unknown.</summary>
    public int BtcTrend;

    /// <summary>Whether any symbol counted for breadth.</summary>
    public bool BreadthKnown;
}
