namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What the venue tells of one token.</summary>
/// <param name="Name">Name.</param>
/// <param name="SizeDecimals">Decimals of a size.</param>
/// <param name="MaxSupply">Most there can be.</param>
/// <param name="TotalSupply">All there is.</param>
/// <param name="CirculatingSupply">What circulates.</param>
/// <param name="MidPrice">Mid price.</param>
/// <param name="MarkPrice">Mark price.</param>
/// <param name="PreviousDayPrice">Price a day ago.</param>
public sealed record TokenDetails(
    string Name,
    int SizeDecimals,
    decimal? MaxSupply,
    decimal? TotalSupply,
    decimal? CirculatingSupply,
    double? MidPrice,
    double? MarkPrice,
    double? PreviousDayPrice
);
