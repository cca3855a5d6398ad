namespace Kedge.Model.Venues;

/// <summary>
/// How far the account's history has been delivered. Whoever keeps fills keeps it in the same transaction and hands it back after a restart; the
/// adapter then delivers everything that came later, once.
/// </summary>
/// <param name="FillsMs">Fills up to and including this moment were delivered, UTC epoch milliseconds; those of that very moment are told apart by <paramref name="FillKeys"/>.</param>
/// <param name="FillKeys">Keys (trade id, order id) of recent fills that were delivered.</param>
/// <param name="FundingMs">Funding, likewise; later records are delivered.</param>
/// <param name="TransfersMs">Other ledger entries, likewise.</param>
/// <param name="RecentKeys">Keys of recent funding payments and transfers that were delivered.</param>
public sealed record AccountCursor(
    long FillsMs,
    IReadOnlyList<(long TradeId, long VenueOrderId)> FillKeys,
    long FundingMs,
    long TransfersMs,
    IReadOnlyList<string> RecentKeys
)
{
    /// <summary>A cursor of an account whose history before a moment does not matter.</summary>
    public static AccountCursor StartingAt(long wallMs) => new(wallMs, [], wallMs, wallMs, []);
}
