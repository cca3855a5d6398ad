namespace Kedge.Trading.Engine;

/// <summary>Where the orders of a lane go. Everything else is the same.</summary>
public enum TradingMode
{
    /// <summary>The engine fills by itself, at live quotes or, on a candle driver, at the price the decision was made at.</summary>
    Paper,

    /// <summary>Real account, but what would be sent is only written down.</summary>
    DryLive,

    /// <summary>The venue gets the orders.</summary>
    Live,
}
