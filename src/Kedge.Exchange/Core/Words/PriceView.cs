namespace Kedge.Exchange.Core;

/// <summary>Prices of one symbol.</summary>
/// <param name="Mark">Ticks; 0 before the first.</param>
/// <param name="Oracle">Ticks.</param>
/// <param name="LastTrade">Ticks; 0 before the first.</param>
/// <param name="OpenInterest">Lots.</param>
/// <param name="FundingRate">Hourly, 1e-10 of notional.</param>
public readonly record struct PriceView(long Mark, long Oracle, long LastTrade, long OpenInterest, long FundingRate);
