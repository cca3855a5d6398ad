namespace Kedge.Kernel;

/// <summary>A test on the way to an entry, an add or an exit, as a trace sees it.</summary>
public enum GateId
{
    /// <summary>G1: number of ranging votes against the number that makes a market ranging.</summary>
    Ranging = 0,

    /// <summary>G2: one-bar move as a fraction of the previous close.</summary>
    AnomalyMove = 1,

    /// <summary>G2: distance from the fast EMA as a fraction of it.</summary>
    AnomalyDistance = 2,

    /// <summary>G3: distance from the fast EMA as a fraction of it.</summary>
    Extension = 3,

    /// <summary>G4: volume against its mean.</summary>
    Volume = 4,

    /// <summary>G5: ADX slope against 0.</summary>
    AdxRising = 5,

    /// <summary>G6: ADX against the effective minimum.</summary>
    AdxMinimum = 6,

    /// <summary>G7: fast minus slow EMA, long side.</summary>
    AlignmentLong = 7,

    /// <summary>G7: fast minus slow EMA, short side.</summary>
    AlignmentShort = 8,

    /// <summary>G8: BTC trend, long side.</summary>
    BtcLong = 9,

    /// <summary>G8: BTC trend, short side.</summary>
    BtcShort = 10,

    /// <summary>Mode 1: close against the fast EMA.</summary>
    TrendPrice = 11,

    /// <summary>Mode 1: RSI against its dynamic limit.</summary>
    TrendRsi = 12,

    /// <summary>Mode 1: MACD histogram.</summary>
    TrendMacd = 13,

    /// <summary>Mode 1: stochastic RSI.</summary>
    TrendStochRsi = 14,

    /// <summary>Mode 2: ADX against its minimum.</summary>
    PullbackAdx = 15,

    /// <summary>Mode 2: whether the close crossed the fast EMA with the trend.</summary>
    PullbackCross = 16,

    /// <summary>Mode 2: MACD histogram sign.</summary>
    PullbackMacd = 17,

    /// <summary>Mode 2: RSI.</summary>
    PullbackRsi = 18,

    /// <summary>Mode 3: ADX against its minimum.</summary>
    DriftAdx = 19,

    /// <summary>Mode 3: slow-EMA slope.</summary>
    DriftSlope = 20,

    /// <summary>Mode 3: MACD histogram sign.</summary>
    DriftMacd = 21,

    /// <summary>Mode 3: RSI.</summary>
    DriftRsi = 22,

    /// <summary>Directional breadth block.</summary>
    Breadth = 23,

    /// <summary>Chop gate: breadth.</summary>
    RegimeBreadth = 24,

    /// <summary>Chop gate: BTC ADX.</summary>
    RegimeBtcAdx = 25,

    /// <summary>Chop gate: BTC ATR as a fraction of price.</summary>
    RegimeBtcAtr = 26,

    /// <summary>Confidence rank against the minimum.</summary>
    Confidence = 27,

    /// <summary>Minutes since the last exit against the cooldown.</summary>
    PostExitCooldown = 28,

    /// <summary>SSF: MACD histogram sign.</summary>
    SignFilter = 29,

    /// <summary>REEF: RSI extreme.</summary>
    ExtremeFilter = 30,

    /// <summary>Entries made at this tick against the budget.</summary>
    EntryBudget = 31,

    /// <summary>Open positions against the maximum.</summary>
    MaxPositions = 32,

    /// <summary>Seconds since the last entry against the cooldown.</summary>
    EntryCooldown = 33,

    /// <summary>Margin headroom against 0.</summary>
    MarginHeadroom = 34,

    /// <summary>Notional against the minimum.</summary>
    MinNotional = 35,

    /// <summary>Free cash against margin and fee.</summary>
    FreeCash = 36,

    /// <summary>Adds made against the maximum.</summary>
    AddCount = 37,

    /// <summary>Confidence rank against the minimum for adds.</summary>
    AddConfidence = 38,

    /// <summary>Minutes since the entry or last add.</summary>
    AddCooldown = 39,

    /// <summary>Profit in ATR against the minimum for adds.</summary>
    AddProfit = 40,

    /// <summary>Exit: distance to the previous close that suppresses exits.</summary>
    Glitch = 41,

    /// <summary>Exit: price against the stop loss.</summary>
    StopLoss = 42,

    /// <summary>Exit: price against the trailing stop.</summary>
    TrailingStop = 43,

    /// <summary>Exit: price against the partial take-profit.</summary>
    TakeProfitPartial = 44,

    /// <summary>Exit: price against the take-profit.</summary>
    TakeProfit = 45,

    /// <summary>Exit: fast EMA against slow EMA.</summary>
    TrendBreakdown = 46,

    /// <summary>Exit: ADX against the position's limit.</summary>
    TrendExhaustion = 47,

    /// <summary>Exit: price against the macro EMA.</summary>
    MacroBreak = 48,

    /// <summary>Exit: ATR against 70 % of the entry ATR, under water.</summary>
    Stagnation = 49,

    /// <summary>Exit: loss in ATR against the funding threshold.</summary>
    FundingHeadwind = 50,

    /// <summary>Exit: trend saturation, profit in ATR.</summary>
    TrendSaturation = 51,

    /// <summary>Exit: MACD divergence, profit in ATR.</summary>
    MacdDivergence = 52,

    /// <summary>Exit: RSI against its bound.</summary>
    RsiOverextension = 53,

    /// <summary>Number of ids; for tables of counters.</summary>
    Count = 54,
}
