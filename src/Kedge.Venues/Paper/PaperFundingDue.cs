namespace Kedge.Venues.Paper;

/// <summary>Funding owed on a position that was held over an hour boundary.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="HourMs">The boundary, UTC epoch milliseconds.</param>
/// <param name="Size">Signed base units at the boundary.</param>
/// <param name="Mark">Price the notional is taken at.</param>
public sealed record PaperFundingDue(string Symbol, long HourMs, double Size, double Mark);
