namespace Kedge.Exchange.Core.Accounts;

/// <summary>What a trade did to one account.</summary>
/// <param name="Fee">Paid, micro-USD; negative is a rebate.</param>
/// <param name="ClosedPnl">Profit of the part that was closed, before fees.</param>
/// <param name="StartPosition">Signed lots before.</param>
/// <param name="Ended">The position was closed or turned.</param>
internal readonly record struct TradeResult(long Fee, long ClosedPnl, long StartPosition, bool Ended);
