namespace Kedge.Kernel;

/// <summary>Why something was done. Texts are made outside the kernel from the code and its numbers.</summary>
public enum ReasonCode
{
    /// <summary>No reason; nothing was done.</summary>
    None = 0,

    /// <summary>An entry signal on a main bar.</summary>
    EntrySignal = 1,

    /// <summary>An entry signal on a bar of a finer entry series.</summary>
    EntrySignalSubBar = 2,

    /// <summary>An add to a position in profit. Value: the number of the add.</summary>
    Pyramid = 3,

    /// <summary>The stop loss was reached. Value: the level.</summary>
    StopLoss = 10,

    /// <summary>The trailing stop was reached. Value: the level.</summary>
    TrailingStop = 11,

    /// <summary>First step of the take-profit ladder. Value: the level.</summary>
    TakeProfitPartial = 12,

    /// <summary>The take-profit was reached. Value: the level.</summary>
    TakeProfit = 13,

    /// <summary>A partial take-profit whose remainder would be too small closed everything. Value: the level.</summary>
    TakeProfitRemainder = 14,

    /// <summary>The fast EMA crossed the slow one against the position.</summary>
    TrendBreakdown = 20,

    /// <summary>ADX fell below the limit of the position. Value: the limit.</summary>
    TrendExhaustion = 21,

    /// <summary>A long closed below the macro EMA.</summary>
    EmaMacroBreakdown = 22,

    /// <summary>A short closed above the macro EMA.</summary>
    EmaMacroBreakout = 23,

    /// <summary>Volatility died under water. Values: ATR now, limit.</summary>
    Stagnation = 24,

    /// <summary>Funding costs too much for the loss carried. Values: rate, threshold, hours held.</summary>
    FundingHeadwind = 25,

    /// <summary>Trend saturation with fading momentum. Values: ADX, ADX slope.</summary>
    TrendSaturation = 26,

    /// <summary>Three contracting MACD histograms in profit. Value: profit in ATR.</summary>
    MacdDivergence = 27,

    /// <summary>RSI above its bound on a long. Values: RSI, bound.</summary>
    RsiOverbought = 28,

    /// <summary>RSI below its bound on a short. Values: RSI, bound.</summary>
    RsiOversold = 29,

    /// <summary>The signal turned to the other side.</summary>
    SignalFlip = 40,

    /// <summary>Equity fell below the maintenance margin.</summary>
    Liquidation = 41,

    /// <summary>The symbol has had no bar for more than 24 intervals.</summary>
    DataEnded = 42,

    /// <summary>The run ended.</summary>
    EndOfRun = 43,

    /// <summary>A risk limit wants positions closed. Value: the drawdown in percent.</summary>
    RiskReduction = 44,

    /// <summary>An operator ordered it by hand.</summary>
    OperatorOrder = 45,

    /// <summary>A strategy behind the strategy port asked for it.</summary>
    StrategySignal = 46,

    /// <summary>The venue did it: liquidation, auto-deleveraging, settlement.</summary>
    VenueForced = 47,

    /// <summary>Somebody else's order on the account did it.</summary>
    ForeignFill = 48,

    /// <summary>A funding payment. Value: the rate.</summary>
    FundingPayment = 50,

    /// <summary>The trailing or latched stop of a position moved. Only hashed and traced, never booked.</summary>
    StopMoved = 60,
}
