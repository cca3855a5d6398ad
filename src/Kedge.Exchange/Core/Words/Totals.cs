namespace Kedge.Exchange.Core;

/// <summary>What has moved between the accounts and the house since the beginning, micro-USD. All of it is part of the house's cash.</summary>
/// <param name="Deposits">Brought in less taken out.</param>
/// <param name="Fees">Paid to the house.</param>
/// <param name="Funding">Received by the house as the other side of all funding.</param>
/// <param name="BadDebt">Covered by the house.</param>
/// <param name="Backstop">What liquidated accounts left to the house at take-over.</param>
public readonly record struct Totals(long Deposits, long Fees, long Funding, long BadDebt, long Backstop);
