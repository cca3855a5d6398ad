namespace Kedge.Trading.Strategies;

/// <summary>How an order is to be executed. Every lane executes each of these.</summary>
public enum SignalOrderType
{
    /// <summary>Crosses the book at once within the slippage that the lane allows; what is not filled then is not filled.</summary>
    Market,
}
