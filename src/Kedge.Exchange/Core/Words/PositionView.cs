namespace Kedge.Exchange.Core;

/// <summary>What an account holds of one symbol, and its settings there. Money in micro-USD.</summary>
/// <param name="Size">Signed lots.</param>
/// <param name="EntryNotional">Signed cost; divided by size it is the entry price in ticks.</param>
/// <param name="UnrealizedPnl">Size × mark less cost.</param>
/// <param name="MarginUsed">Initial margin of a cross position; value of an isolated one.</param>
/// <param name="Maintenance">Maintenance requirement.</param>
/// <param name="IsolatedRaw">Cash of an isolated position.</param>
/// <param name="Leverage">Its leverage, or that of the next position.</param>
/// <param name="IsIsolated">Margin mode.</param>
/// <param name="FundingSinceOpen">Paid since it was opened.</param>
/// <param name="FundingEver">Paid ever.</param>
public readonly record struct PositionView(
    long Size,
    long EntryNotional,
    long UnrealizedPnl,
    long MarginUsed,
    long Maintenance,
    long IsolatedRaw,
    int Leverage,
    bool IsIsolated,
    long FundingSinceOpen,
    long FundingEver
);
