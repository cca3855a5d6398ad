using System.Globalization;
using Kedge.Kernel;

namespace Kedge.Model.Ledger;

/// <summary>Keys that keep a candle from being traded twice: at most one intent holds a key.</summary>
public static class DedupeKeys
{
    /// <summary><c>ACTION:SYMBOL:SIDE:decision_ts_ms</c>, e.g. <c>OPEN:BTC:BUY:1700000000000</c>. A ledger holds one lane, so the lane is not in it.</summary>
    /// <param name="action">Open, add, reduce or close.</param>
    /// <param name="symbol">Symbol as the venue spells it.</param>
    /// <param name="isBuy">Side of the order.</param>
    /// <param name="candleKey">The candle key of the decision, UTC epoch milliseconds.</param>
    public static string Make(OrderAction action, string symbol, bool isBuy, long candleKey) =>
        string.Create(CultureInfo.InvariantCulture, $"{LedgerNames.Of(action)}:{symbol}:{(isBuy ? "BUY" : "SELL")}:{candleKey}");
}
