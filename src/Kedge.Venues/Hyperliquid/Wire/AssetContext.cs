namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Prices and funding of one perpetual.</summary>
/// <param name="FundingRate">Hourly rate.</param>
/// <param name="OpenInterest">Base units.</param>
/// <param name="PreviousDayPrice">Price a day ago.</param>
/// <param name="DayNotionalUsd">Volume of the last day, USD.</param>
/// <param name="Premium">Of the impact price over the oracle, if there is a book.</param>
/// <param name="OraclePrice">Oracle.</param>
/// <param name="MarkPrice">Mark.</param>
/// <param name="MidPrice">Mid, if there is a book.</param>
public sealed record AssetContext(
    double FundingRate,
    double OpenInterest,
    double PreviousDayPrice,
    double DayNotionalUsd,
    double? Premium,
    double OraclePrice,
    double MarkPrice,
    double? MidPrice
);
