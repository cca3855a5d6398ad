namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Money that moved for another reason than trading and funding.</summary>
/// <param name="Account">Whose.</param>
/// <param name="TimeMs">UTC epoch milliseconds.</param>
/// <param name="Kind"><c>deposit</c>, <c>withdraw</c>, <c>accountClassTransfer</c>, <c>subAccountTransfer</c>, <c>internalTransfer</c>, <c>liquidation</c>.</param>
/// <param name="Amount">Micro-USD; positive came in.</param>
/// <param name="Other">The other account, −1 for none.</param>
internal sealed record LedgerRecord(int Account, long TimeMs, string Kind, long Amount, int Other);
